import type { ArmCapacity, Causes, Price, Unit } from '../../src/model/causes.ts';
import type { Interval } from '../../src/model/report.ts';
import { fraction } from '../../src/model/units.ts';

const around = (estimate: number, half: number, level = 0.95): Interval => ({
  estimate,
  low: estimate - half,
  high: estimate + half,
  level,
});

const unit = (kind: Unit['kind'], tls: Unit['tls'] = null): Unit => ({ kind, tls });

interface PriceSpec {
  readonly units: readonly [Unit, ...Unit[]];
  readonly label: string;
  readonly us: readonly [baseline: number, candidate: number];
  readonly share: number;
}

const price = ({ units, label, us, share }: PriceSpec): Price => {
  const [baseline, candidate] = us;
  const estimate = candidate / baseline - 1;
  return {
    ...{ units, label, share },
    baseline: around(baseline, baseline * 0.05),
    candidate: around(candidate, candidate * 0.06),
    change: baseline > 0 && candidate > 0 ? around(estimate, 0.08 * (1 + estimate)) : null,
  };
};

const carried = (rps: number, workers: readonly [number, number, number]): ArmCapacity => {
  const [estimate, low, high] = workers;
  return { perWorker: around(rps, rps * 0.03), workers: { estimate, low, high } };
};

/** What a run of the incident says of itself, by the figures of its cells. */
export const incidentCauses: Causes = {
  sentences: [
    'Nearly all of the slowdown of client CPU per request is where a TLS connection is opened with a new context for each request (tls=1.3, reuse=close-new-context: +212 %); the other 4 cells change by −17 % to +52 %.',
    'What got dearer in the client: a TLS context, with 145 CA certificates (7.93 → 26.5 ms, +234 %, 92 % of it).',
    '1200 requests per second take 15 → 45 workers at tls=1.3,reuse=close-new-context, at 75 % of a core each.',
  ],
  axes: [
    {
      ...{ candidate: 'node@20.20.2', metric: 'cpuPerRequest', cells: 5 },
      mean: around(0.352, 0.021),
      effects: [
        { variants: { tls: 'none' }, effect: around(-0.18, 0.02), adjustedP: 0.0001, proven: true },
        { variants: { tls: '1.3' }, effect: around(0.22, 0.03), adjustedP: 0.0001, proven: true },
        {
          ...{ variants: { reuse: 'keep-alive' }, effect: around(-0.31, 0.02) },
          ...{ adjustedP: 0.00002, proven: true },
        },
        {
          ...{ variants: { reuse: 'close' }, effect: around(-0.014, 0.031) },
          ...{ adjustedP: 0.4, proven: false },
        },
        {
          ...{ variants: { reuse: 'close-new-context' }, effect: around(1.04, 0.06) },
          ...{ adjustedP: 0.000001, proven: true },
        },
        {
          variants: { tls: '1.3', reuse: 'close' },
          effect: around(0.11, 0.03),
          ...{ adjustedP: 0.002, proven: true },
        },
      ],
    },
  ],
  prices: [
    {
      ...{ candidate: 'node@20.20.2', side: 'client', state: 'fitted' },
      prices: [
        price({
          units: [unit('request')],
          label: 'a request',
          us: [62.4, 63.3],
          share: 0.001,
        }),
        price({
          units: [unit('tlsRequest', '1.3')],
          label: 'TLS 1.3 for a request',
          us: [25.7, 29.1],
          share: 0.003,
        }),
        price({ units: [unit('connection')], label: 'a connection', us: [236, 184], share: -0.01 }),
        price({
          units: [unit('handshakeFull', '1.3')],
          label: 'a full handshake of TLS 1.3',
          us: [762, 1376],
          share: 0.086,
        }),
        price({
          units: [unit('context'), unit('certificate')],
          label: 'a TLS context, with 145 CA certificates',
          us: [7930, 26_500],
          share: 0.92,
        }),
      ],
      cells: [
        {
          cell: 'tls=1.3,reuse=close',
          measured: { baseline: 1086, candidate: 1652 },
          explained: { baseline: 1086, candidate: 1652 },
          predicted: null,
        },
      ],
      worstFit: null,
      worstLeftOut: null,
      merged: [
        {
          units: [unit('context'), unit('certificate')],
          message:
            'a TLS context always comes with 145 CA certificates in this matrix: they have one price together',
          next: 'Add an axis that varies `connection.ca`, such as `none`, `{ bundle: 24 }` and `bundle`.',
        },
      ],
      excluded: [],
    },
  ],
  capacity: {
    ...{ utilisation: fraction(0.75), targetRate: 1200 },
    cells: [
      {
        ...{ cell: 'tls=1.3,reuse=close', side: 'client' },
        arms: { baseline: carried(691, [2, 2, 2]), candidate: carried(454, [3, 3, 3]) },
      },
      {
        ...{ cell: 'tls=1.3,reuse=close-new-context', side: 'client' },
        arms: { baseline: carried(83.2, [15, 14, 15]), candidate: carried(26.7, [45, 44, 47]) },
      },
    ],
    excluded: [
      {
        cell: 'tls=none,reuse=keep-alive',
        reason: 'the client was not saturated in the baseline, and CPU per request depends on load',
      },
    ],
  },
};

export const withoutCauses: Causes = {
  ...{ sentences: [], axes: [], prices: [] },
  capacity: { utilisation: fraction(0.75), targetRate: null, cells: [], excluded: [] },
};
