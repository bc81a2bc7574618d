import type {
  FunctionDifference,
  ProfiledFunction,
  ProfileFigures,
  ProfileReport,
  StackDifference,
} from '../../src/model/profile.ts';

type Two = readonly [baseline: number, candidate: number];

interface Called {
  readonly name: string;
  readonly origin: ProfiledFunction['origin'];
  readonly file: string;
  /** In µs per request. */
  readonly self: Two;
  readonly calls?: readonly Called[];
}

const node = (name: string) => ({ kind: 'node', name }) as const;
const bench = { kind: 'bench', name: 'bench' } as const;

/** Where each request builds a TLS context of its own, the CA bundle is parsed, and nearly all of the time is there. */
const tree: Called = {
  ...{ name: 'processTimers', origin: node('node:internal'), file: 'node:internal/timers' },
  self: [41, 44],
  calls: [
    {
      ...{ name: 'issue', origin: bench, file: 'worker/closed-load.js', self: [30, 31] },
      calls: [
        {
          ...{
            name: 'connect',
            origin: node('node:tls'),
            file: 'node:_tls_wrap',
            self: [110, 140],
          },
          calls: [
            {
              ...{
                name: 'createSecureContext',
                origin: node('node:tls'),
                file: 'node:_tls_common',
              },
              self: [55, 61],
              calls: [
                {
                  ...{ name: 'addCACert', origin: node('node:tls'), file: '' },
                  self: [7300, 25_100],
                },
                { ...{ name: 'setKey', origin: node('node:tls'), file: '' }, self: [90, 70] },
              ],
            },
          ],
        },
      ],
    },
    {
      ...{ name: 'onStreamRead', origin: node('node:internal'), file: 'node:internal/stream' },
      self: [210, 205],
      calls: [
        {
          ...{ name: 'start', origin: node('node:tls'), file: '', self: [760, 1376] },
          calls: [
            {
              name: '(garbage collector)',
              origin: { kind: 'runtime', name: '(garbage collector)' },
              ...{ file: '', self: [120, 260] },
            },
          ],
        },
      ],
    },
  ],
};

const all = (called: Called): Called[] => [called, ...(called.calls ?? []).flatMap(all)];
const sum = (of: readonly Called[]): Two => [
  of.reduce((total, { self }) => total + self[0], 0),
  of.reduce((total, { self }) => total + self[1], 0),
];
const [wholeBefore, wholeAfter] = sum(all(tree));

const figures = ([baseline, candidate]: Two): ProfileFigures => ({
  ...{ baseline, candidate, difference: candidate - baseline, noise: 12 },
  share: (candidate - baseline) / (wholeAfter - wholeBefore),
});
const bySize = (a: ProfileFigures, b: ProfileFigures): number =>
  Math.abs(b.difference) - Math.abs(a.difference);

const ranked = all(tree).sort((a, b) => bySize(figures(a.self), figures(b.self)));

/** The worker calls into Node's TLS; what Node calls of its own accord has nobody to name. */
const isOurs = ({ name }: Called): boolean => name === 'issue';
const belowOurs = all(tree).filter(isOurs).flatMap(all);
const callerOf = (called: Called): number | null =>
  belowOurs.includes(called) && !isOurs(called) ? ranked.findIndex(isOurs) : null;

const functions: readonly FunctionDifference[] = ranked.map((called) => ({
  ...{ name: called.name, origin: called.origin, file: called.file, ...figures(called.self) },
  calledBy: callerOf(called),
  line:
    called.file === '' ? { baseline: null, candidate: null } : { baseline: 120, candidate: 131 },
}));

function stacksOf(called: Called, parent: number, before: StackDifference[]): StackDifference[] {
  const [baseline, candidate] = sum(all(called));
  const own = before.length;
  before.push({
    of: functions.findIndex(({ name }) => name === called.name),
    ...{ parent, total: { baseline, candidate } },
    self: { baseline: called.self[0], candidate: called.self[1] },
  });
  for (const callee of called.calls ?? []) stacksOf(callee, own, before);
  return before;
}

const origins = [...new Set(all(tree).map(({ origin }) => origin.name))]
  .map((name) => {
    const own = all(tree).filter(({ origin }) => origin.name === name);
    return { origin: own[0]?.origin ?? bench, ...figures(sum(own)) };
  })
  .sort(bySize);

/** Of the worst cell of the incident, and what is said of a target that is no Node. */
export const incidentProfiles: readonly ProfileReport[] = [
  {
    ...{ part: 'client', state: 'taken', intervalUs: 500 },
    arms: {
      baseline: {
        ...{ requests: 412, samples: 7310, cpuPerRequest: wholeBefore, accounted: 0.98 },
        files: ['profiles/cell-5-baseline-client-0.cpuprofile'],
      },
      candidate: {
        ...{ requests: 140, samples: 7742, cpuPerRequest: wholeAfter, accounted: 0.99 },
        files: ['profiles/cell-5-candidate-client-0.cpuprofile'],
      },
    },
    whole: figures([wholeBefore, wholeAfter]),
    ...{ origins, functions, stacks: stacksOf(tree, -1, []) },
  },
  {
    ...{ part: 'target', state: 'impossible' },
    reason: 'the target is no Node process',
    next: 'Take a profile with `perf record -p PID` while a run is measured.',
  },
];
