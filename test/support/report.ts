import type { Machine } from '../../src/model/fingerprint.ts';
import { type MetricName, metrics } from '../../src/model/metrics.ts';
import { eachFigure, type NetworkSeries } from '../../src/model/network.ts';
import type {
  CellReport,
  Clause,
  Comparison,
  DisturbanceReport,
  NetworkReport,
  Imbalance,
  LimitReport,
  Report,
  ReportedSubject,
  Verdict,
  WorkerFigures,
} from '../../src/model/report.ts';
import { incidentCauses, withoutCauses } from './causes.ts';

/**
 * Reports as a run would leave them, built by hand: the renderers decide nothing, so what they are
 * given need only be consistent. Figures are those that two Node runtimes showed against one local
 * HTTPS server.
 */

/** A small linear congruential generator: fixtures scatter the same way on every machine. */
function scatter(seed: number) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

interface ComparisonSpec {
  readonly metric: MetricName;
  readonly baseline: number;
  /** Relative change. */
  readonly change: number;
  /** Half of the interval's width. */
  readonly half: number;
  readonly verdict: Verdict;
  readonly gating?: boolean;
}

const launches = 8;

function comparison(spec: ComparisonSpec): Comparison {
  const { metric, baseline, change, half, verdict, gating = false } = spec;
  const { unit, better, margin } = metrics[metric];
  const draw = scatter(Math.round(baseline * 1000 + change * 1e6));
  const proven = verdict !== 'inconclusive' && verdict !== 'unchanged';
  return {
    metric,
    unit,
    better,
    gating,
    baseline,
    candidate: baseline * (1 + change),
    change: {
      estimate: change,
      low: change - half,
      high: change + half,
      level: gating ? 0.995 : 0.95,
    },
    p: proven ? 0.000012 : 0.31,
    adjustedP: gating ? (proven ? 0.00012 : 0.62) : null,
    signFlipP: proven ? 0.0078 : 0.34,
    equivalenceP: verdict === 'unchanged' ? 0.0004 : 0.48,
    margin,
    detectable: half * 0.9,
    verdict,
    perLaunch: Array.from({ length: launches }, () => change + draw() * half * 1.8),
  };
}

export const worker = (n: number, rps: number, cpu: number): WorkerFigures => ({
  worker: n,
  rps,
  cpuUtilisation: cpu,
  cpuPerRequest: (cpu * 1e6) / rps,
  rpsRange: [rps * 0.94, rps * 1.05],
  cpuUtilisationRange: [cpu * 0.985, Math.min(1, cpu * 1.01)],
  cpuPerRequestRange: [((cpu * 1e6) / rps) * 0.96, ((cpu * 1e6) / rps) * 1.05],
});

const clause = (name: string, expected: string, observed: string): Clause => ({
  clause: name,
  state: 'proven',
  expected,
  observed,
});

const requests = 4800;

function clausesOf(variants: Readonly<Record<string, string>>): readonly Clause[] {
  const isKept = variants.reuse === 'keep-alive';
  const opened = isKept ? 8 : requests;
  const ends = (n: number) => `${n} at the client, ${n} at the target`;
  const ofArm = (role: string) => [
    clause(`${role}: requests`, `${requests} answered by the target`, ends(requests)),
    clause(
      `${role}: connections`,
      isKept ? 'at most 8, kept' : `${requests}: one per request`,
      ends(opened),
    ),
    clause(`${role}: resumption`, 'no handshake resumed', `resumed: ${ends(0)}`),
    clause(`${role}: look-ups`, 'none: the address is literal', '0'),
  ];
  return [
    ...ofArm('baseline'),
    ...ofArm('candidate'),
    clause('HTTP version', 'the same in both arms', '1.1'),
    clause('status', 'the same in both arms', '200'),
    ...(variants.tls === 'none'
      ? []
      : [clause('cipher', 'the same in both arms', 'TLS_AES_256_GCM_SHA384')]),
  ];
}

const undisturbed: DisturbanceReport = {
  blocks: 560,
  disturbed: 9,
  shares: { waited: 0.012, stolen: 0, throttled: 0 },
  rejected: { waited: 3, stolen: 0, throttled: 0 },
  rejectedSlices: { baseline: 6, candidate: 6 },
};

/** Three launches of two seconds: connections are opened where they are closed again. */
function network(opened: number): NetworkReport {
  const seconds = [0, 1, 2, 3, 4, 5];
  const list = (of: (second: number) => number): number[] => seconds.map(of);
  const nothing = list(() => 0);
  const each = list((second) => Math.round(opened * (1 + 0.05 * Math.sin(3 * second))));
  const waiting = list((second) => Math.round(opened * (second + 1)));
  const all: NetworkSeries = {
    ms: list((second) => (second % 2 === 0 ? 1006 : 742)),
    ...{ opened: each, accepted: each, failedOpens: nothing, listenOverflows: nothing },
    ...{ retransmitted: list((second) => (second === 3 ? 2 : 0)), timeouts: nothing },
    ...{ resetsSent: nothing, resetConnections: nothing, listenDrops: nothing },
    ...{ timeWait: waiting, sockets: list(() => 31), memoryPages: list(() => 12) },
    tracked: list(() => 0),
  };
  const sum = (values: readonly (number | null)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const most = (values: readonly (number | null)[]): number =>
    Math.max(...values.map((value) => value ?? 0));
  return {
    launch: [1, 1, 2, 2, 3, 3],
    seconds: all,
    totals: {
      ms: sum(all.ms),
      ...eachFigure(
        (name) => sum(all[name]),
        (name) => most(all[name]),
      ),
    },
  };
}

function networks({ reuse }: CellSpec['variants'], rps: CellSpec['rps']): CellReport['network'] {
  const opened = reuse === 'keep-alive' ? 0 : rps.baseline;
  return { baseline: network(opened), candidate: network(opened * (1 + rps.change)) };
}

const node16: ReportedSubject = {
  name: 'node@16.20.2',
  fingerprint: {
    engine: 'http',
    runtime: 'node@16.20.2',
    openssl: '1.1.1v+quic',
    v8: '9.4.146.26-node.26',
    uv: '1.43.0',
    llhttp: '6.0.11',
    'ca-bundle': 'sha256:5c1a9e7f',
  },
};

const node20: ReportedSubject = {
  name: 'node@20.20.2',
  fingerprint: {
    engine: 'http',
    runtime: 'node@20.20.2',
    openssl: '3.0.19+quic',
    v8: '11.3.244.8-node.38',
    uv: '1.46.0',
    llhttp: '8.1.2',
    'ca-bundle': 'sha256:5c1a9e7f',
  },
};

const node24: ReportedSubject = {
  name: 'node@24.21.0',
  fingerprint: {
    engine: 'http',
    runtime: 'node@24.21.0',
    openssl: '3.5.3',
    v8: '13.6.233.10-node.28',
    uv: '1.51.0',
    llhttp: '8.1.2',
    'ca-bundle': 'sha256:5c1a9e7f',
  },
};

interface CellSpec {
  readonly variants: Readonly<Record<string, string>>;
  readonly verdict: Verdict;
  readonly cpu: Omit<ComparisonSpec, 'metric'>;
  readonly rps: Omit<ComparisonSpec, 'metric'>;
  readonly workers?: number;
}

const idOf = (variants: Readonly<Record<string, string>>): string =>
  Object.entries(variants)
    .map(([axis, variant]) => `${axis}=${variant}`)
    .join(',') || 'all';

function cell({ variants, verdict, cpu, rps, workers = 1 }: CellSpec): CellReport {
  const latency = (metric: MetricName, factor: number): Comparison =>
    comparison({
      metric,
      baseline: (8e6 / rps.baseline) * factor,
      change: cpu.change * 0.96,
      half: cpu.half * 2,
      verdict: cpu.verdict,
    });
  return {
    id: idOf(variants),
    variants,
    candidate: variants.version ?? node20.name,
    verdict,
    reason: null,
    launches,
    baselineLaunches: launches,
    voidLaunches: 0,
    onePair: false,
    disturbance: undisturbed,
    network: networks(variants, rps),
    bottleneck: { baseline: 'client', candidate: 'client' },
    primary: 'cpuPerRequest',
    clients: 'each',
    pace: null,
    contract: {
      ok: true,
      clauses: clausesOf(variants),
    },
    metrics: [
      comparison({ ...cpu, metric: 'cpuPerRequest', gating: true }),
      comparison({ ...rps, metric: 'rps', gating: true }),
      comparison({
        metric: 'targetCpuPerRequest',
        baseline: cpu.baseline * 0.34,
        change: 0.004,
        half: 0.011,
        verdict: 'unchanged',
      }),
      latency('latencyMean', 1),
      latency('latencyP50', 0.94),
      latency('latencyP90', 1.31),
      latency('latencyP95', 1.52),
      latency('latencyP99', 2.4),
      {
        ...comparison({
          metric: 'errorRate',
          baseline: 0,
          change: 0,
          half: 0,
          verdict: 'unchanged',
        }),
        change: null,
        p: null,
        signFlipP: null,
        equivalenceP: null,
        detectable: null,
        perLaunch: [],
      },
      comparison({
        metric: 'rss',
        baseline: 61_400_000,
        change: 0.18,
        half: 0.02,
        verdict: 'regression',
      }),
    ],
    limits: [],
    workers: {
      baseline: workerList(workers, rps.baseline, 0.985),
      candidate: workerList(workers, rps.baseline * (1 + rps.change), 0.991),
    },
    imbalance: { baseline: apart(workers), candidate: apart(workers) },
    warnings: [],
  };
}

const workerList = (n: number, rps: number, cpu: number): WorkerFigures[] =>
  Array.from({ length: n }, (_, i) =>
    worker(i, (rps / n) * (1 + 0.015 * ((n - 1) / 2 - i)), cpu - 0.01 * i),
  );

const apart = (n: number): Imbalance | null =>
  n < 2 ? null : { mean: 0.015 * (n - 1), range: [0.012 * (n - 1), 0.019 * (n - 1)] };

const tls = ['none', '1.3'];
const reuse = ['keep-alive', 'close', 'close-new-context'];

const both = (
  baseline: readonly [cpu: number, rps: number],
  change: readonly [cpu: number, rps: number],
  half: readonly [cpu: number, rps: number],
  verdicts: readonly [cpu: Verdict, rps: Verdict],
) => ({
  cpu: { baseline: baseline[0], change: change[0], half: half[0], verdict: verdicts[0] },
  rps: { baseline: baseline[1], change: change[1], half: half[1], verdict: verdicts[1] },
});

const incidentCells: readonly CellReport[] = [
  cell({
    variants: { tls: 'none', reuse: 'keep-alive' },
    verdict: 'slower',
    ...both([62.4, 15_650], [0.0146, -0.0131], [0.0061, 0.009], ['slower', 'slower']),
  }),
  cell({
    variants: { tls: 'none', reuse: 'close' },
    verdict: 'improvement',
    ...both([298, 3290], [-0.172, 0.204], [0.019, 0.027], ['improvement', 'improvement']),
  }),
  cell({
    variants: { tls: '1.3', reuse: 'keep-alive' },
    verdict: 'regression',
    ...both([88.1, 11_140], [0.0482, -0.0455], [0.0108, 0.013], ['regression', 'regression']),
  }),
  cell({
    variants: { tls: '1.3', reuse: 'close' },
    verdict: 'regression',
    ...both([1086, 906], [0.521, -0.342], [0.038, 0.021], ['regression', 'regression']),
  }),
  {
    ...cell({
      variants: { tls: '1.3', reuse: 'close-new-context' },
      verdict: 'regression',
      ...both([9012, 109.4], [2.12, -0.679], [0.145, 0.017], ['regression', 'regression']),
    }),
    warnings: [
      {
        code: 'rare-expensive-work',
        message: 'The trimmed mean of blocks differs from the ratio of totals by 6.2 %.',
        next: 'Look for work that happens rarely and costs much, such as garbage collection.',
      },
    ],
  },
];

export const machine: Machine = {
  os: 'Debian GNU/Linux 12',
  kernel: '6.1.0-28-amd64',
  arch: 'x64',
  cpu: 'AMD EPYC 7B13',
  cores: 4,
  memoryBytes: 16_777_216_000,
  node: '20.20.2',
  governor: null,
  virtualisation: 'kvm',
};

/** The incident: two runtimes, five cells, worst where every connection builds a TLS context. */
export const incidentReport = (): Report => ({
  schemaVersion: 1,
  tool: { name: 'bench-matrix', version: '0.1.0' },
  id: '2026-11-23T09-41-07-incident',
  createdAt: '2026-11-23T09:41:07.000Z',
  seed: 2690,
  matrix: { name: 'incident', file: 'matrix/incident.yaml' },
  label: null,
  description:
    'One HTTPS server, two Node runtimes. Connections kept, closed, and closed with a new TLS context each.',
  state: 'complete',
  outcome: 'regression',
  exitCode: 1,
  sentence:
    'node@20.20.2 needs more client CPU per request than node@16.20.2 in 3 of 5 cells, most in tls=1.3,reuse=close-new-context: +212 %.',
  axes: [
    { name: 'tls', variants: tls },
    { name: 'reuse', variants: reuse },
  ],
  compare: { kind: 'paired', axis: 'version', side: 'client' },
  baseline: node16,
  candidate: node20,
  candidates: [node20],
  differences: [
    { key: 'llhttp', baseline: '6.0.11', candidate: '8.1.2', of: [node20.name] },
    { key: 'openssl', baseline: '1.1.1v+quic', candidate: '3.0.19+quic', of: [node20.name] },
    { key: 'runtime', baseline: 'node@16.20.2', candidate: 'node@20.20.2', of: [node20.name] },
    { key: 'uv', baseline: '1.43.0', candidate: '1.46.0', of: [node20.name] },
    {
      key: 'v8',
      baseline: '9.4.146.26-node.26',
      candidate: '11.3.244.8-node.38',
      of: [node20.name],
    },
  ],
  environment: machine,
  method: {
    kind: 'measured',
    looks: [launches],
    budgetMs: null,
    sliceTimeMs: 4000,
    warmupMs: 3000,
    alpha: 0.05,
    sensitivity: 0.05,
    family: 10,
    failOn: 'regression',
    strict: false,
    paused: false,
    whole: false,
  },
  cells: incidentCells,
  causes: incidentCauses,
  warnings: [
    {
      code: 'virtual-machine',
      message: 'This machine is a virtual one (kvm); 0.4 % of its CPU time was stolen.',
      next: 'Repeat on a machine of your own before you act on changes below 2 %.',
    },
  ],
});

/** Three versions in one report: 20 pays for its OpenSSL, 24 nearly does not. */
export const severalReport = (): Report => {
  const report = incidentReport();
  const of = ({ name }: ReportedSubject, spec: Omit<CellSpec, 'variants'>, reuse: string) =>
    cell({ variants: { version: name, tls: '1.3', reuse }, ...spec });
  const better = both([88.1, 11_140], [-0.031, 0.029], [0.009, 0.012], ['improvement', 'faster']);
  const worse = both([1086, 906], [0.521, -0.342], [0.038, 0.021], ['regression', 'regression']);
  const same = both([1079, 912], [0.006, -0.004], [0.017, 0.02], ['unchanged', 'unchanged']);
  const lost = both([86.9, 11_290], [0.047, -0.044], [0.011, 0.013], ['regression', 'regression']);
  return {
    ...report,
    causes: withoutCauses,
    id: '2026-11-24T09-12-31-incident',
    sentence:
      'node@20.20.2, node@24.21.0 against node@16.20.2: regression in 2 of 2 cells of node@20.20.2; worst is client CPU per request at version=node@20.20.2,tls=1.3,reuse=close, +52 %.',
    axes: [
      { name: 'version', variants: [node20.name, node24.name] },
      { name: 'tls', variants: ['1.3'] },
      { name: 'reuse', variants: ['keep-alive', 'close'] },
    ],
    candidates: [node20, node24],
    differences: [
      ...report.differences.map((found) =>
        found.key === 'llhttp' ? { ...found, of: [node20.name, node24.name] } : found,
      ),
      { key: 'openssl', baseline: '1.1.1v+quic', candidate: '3.5.3', of: [node24.name] },
      { key: 'runtime', baseline: node16.name, candidate: node24.name, of: [node24.name] },
      { key: 'uv', baseline: '1.43.0', candidate: '1.51.0', of: [node24.name] },
      {
        key: 'v8',
        baseline: '9.4.146.26-node.26',
        candidate: '13.6.233.10-node.28',
        of: [node24.name],
      },
    ],
    method: { ...report.method, family: 8 },
    cells: [
      of(node20, { verdict: 'regression', ...lost }, 'keep-alive'),
      of(node20, { verdict: 'regression', ...worse }, 'close'),
      of(node24, { verdict: 'improvement', ...better }, 'keep-alive'),
      of(node24, { verdict: 'unchanged', ...same }, 'close'),
    ],
  };
};

/** A version against itself: nothing changed, and that was proven. */
export const sameReport = (): Report => {
  const report = incidentReport();
  const changes = [0.0021, -0.0034, 0.0008, -0.0012, 0.0044];
  const cells = report.cells.map((old, i) => {
    const change = changes[i] ?? 0;
    const [cpu, rps] = [old.metrics[0]?.baseline ?? 1, old.metrics[1]?.baseline ?? 1];
    return cell({
      variants: old.variants,
      verdict: 'unchanged',
      ...both([cpu, rps], [change, -change], [0.008, 0.011], ['unchanged', 'unchanged']),
    });
  });
  return {
    ...report,
    causes: withoutCauses,
    id: '2026-11-23T10-02-44-incident',
    outcome: 'pass',
    exitCode: 0,
    sentence: 'No cell changed: all 5 are proven to lie within their margins.',
    candidate: report.baseline,
    candidates: [report.baseline],
    differences: [],
    cells,
    warnings: [],
  };
};

/** Nothing changed, and yet two cells are slower than they may be; in one nobody measured latency. */
export const limitsReport = (): Report => {
  const report = sameReport();
  const lowerP95 = { metric: 'latencyP95', unit: 'µs', better: 'lower', limit: 10_000 } as const;
  const about = (observed: number, half: number) => ({
    observed,
    interval: { low: observed * (1 - half), high: observed * (1 + half), level: 0.95 },
  });
  const p95 = (observed: number): LimitReport => ({
    ...lowerP95,
    state: observed > 10_000 ? 'broken' : 'held',
    ...about(observed, 0.02),
  });
  const limitsOf = [p95(778), p95(3694), p95(1091), p95(13_420), p95(10_090)].map(
    (limit, i): readonly LimitReport[] => [
      {
        metric: 'rps',
        unit: '1/s',
        better: 'higher',
        limit: 100,
        ...about(3_290, 0.01),
        state: 'held',
      },
      i === 0 ? { ...lowerP95, state: 'unmeasured', observed: null, interval: null } : limit,
    ],
  );
  return {
    ...report,
    outcome: 'limit-broken',
    exitCode: 1,
    sentence: 'Limits of node@16.20.2 are broken in 2 of 5 cells.',
    cells: report.cells.map((old, i) => ({ ...old, limits: limitsOf[i] ?? [] })),
  };
};

/** One cell whose client reused connections that it promised to close, and one that never started. */
export const invalidReport = (): Report => {
  const report = incidentReport();
  const [first, second, third, fourth, fifth] = report.cells;
  if (!(first && second && third && fourth && fifth))
    throw new Error('the incident has five cells');
  const slower = cell({
    variants: third.variants,
    verdict: 'slower',
    ...both([88.1, 11_140], [0.0148, -0.0155], [0.0068, 0.008], ['slower', 'slower']),
  });
  const broken: CellReport = {
    ...fourth,
    verdict: 'invalid',
    reason: 'The contract is broken: the candidate reused connections.',
    contract: {
      ok: false,
      clauses: [
        {
          clause: 'candidate: connections',
          state: 'broken',
          expected: '4800: one per request',
          observed: '12 at the client, 12 at the target (launch 3)',
        },
        {
          clause: 'key exchange',
          state: 'unproven',
          expected: 'the same in both arms',
          observed: 'not observed',
        },
        ...fourth.contract.clauses.filter(({ clause: name }) => name !== 'candidate: connections'),
      ],
    },
    metrics: fourth.metrics.map((old) => ({ ...old, verdict: 'invalid' as const })),
  };
  const absent: CellReport = {
    ...fifth,
    verdict: 'invalid',
    reason: 'Three launches failed: the candidate exited with code 9 before it was ready.',
    launches: 0,
    baselineLaunches: 0,
    voidLaunches: 3,
    bottleneck: { baseline: 'unknown', candidate: 'unknown' },
    contract: { ok: false, clauses: [] },
    metrics: [],
    workers: { baseline: [], candidate: [] },
    network: { baseline: null, candidate: null },
    imbalance: { baseline: null, candidate: null },
    warnings: [],
  };
  return {
    ...report,
    causes: withoutCauses,
    id: '2026-11-23T11-20-10-incident',
    state: 'failed',
    outcome: 'invalid',
    exitCode: 3,
    sentence: '2 of 5 cells could not be compared; the contract of tls=1.3,reuse=close is broken.',
    cells: [first, second, slower, broken, absent],
  };
};

/** Two of the cells, judged against a run of the day before, on a machine whose kernel has been upgraded since. */
export const unpairedReport = (): Report => {
  const report = incidentReport();
  const [first, , third] = report.cells;
  if (!(first && third)) throw new Error('the incident has five cells');
  const baseline = { run: '2026-11-22T09-12-44-incident', measuredAt: '2026-11-22T09:12:44.000Z' };
  return {
    ...report,
    causes: withoutCauses,
    sentence:
      'v2 against run:before/v1, unpaired: regression in 1 of 2 cells; worst is client CPU per request at tls=1.3,reuse=keep-alive, +4.8 %.',
    compare: {
      ...{ kind: 'unpaired', axis: 'version', side: 'client', apartMs: 88_103_000, baseline },
      candidate: { run: report.id, measuredAt: report.createdAt },
    },
    baseline: { ...report.baseline, name: 'run:before/v1' },
    candidate: { ...report.candidate, name: 'v2' },
    candidates: [{ ...report.candidate, name: 'v2' }],
    cells: [first, third].map((cell) => ({
      ...cell,
      baselineLaunches: 12,
      metrics: cell.metrics.map((metric) => ({ ...metric, signFlipP: null })),
    })),
    warnings: [
      {
        code: 'across-machines',
        message: 'the runs were measured under different conditions: kernel 6.1.0 → 6.8.0',
        next: 'Measure both on one machine, with one release of bench.',
      },
    ],
  };
};

/** Too noisy to say: one cell is undecided everywhere, one only in its second metric. */
export const inconclusiveReport = (): Report => {
  const report = sameReport();
  const noisy = (at: number, old: CellReport): CellReport => {
    const [cpu, rps] = [old.metrics[0]?.baseline ?? 1, old.metrics[1]?.baseline ?? 1];
    if (at === 1)
      return cell({
        variants: old.variants,
        verdict: 'inconclusive',
        ...both([cpu, rps], [0.034, -0.041], [0.082, 0.097], ['inconclusive', 'inconclusive']),
      });
    if (at === 3)
      return cell({
        variants: old.variants,
        verdict: 'inconclusive',
        ...both([cpu, rps], [0.003, -0.022], [0.009, 0.061], ['unchanged', 'inconclusive']),
      });
    return old;
  };
  return {
    ...report,
    id: '2026-11-23T12-45-31-incident',
    outcome: 'insensitive',
    exitCode: 3,
    sentence: '2 of 5 cells are undecided and could not have seen a change of 5 %.',
    cells: report.cells.map((old, i) => noisy(i, old)),
    warnings: [
      {
        code: 'insensitive',
        message: 'tls=none,reuse=close would have seen a change of 8.7 %, not 5 %.',
        next: 'Measure 14 launches (about 9 minutes), or on a quieter machine.',
      },
    ],
  };
};

/** Five workers, three axes, one combination excluded. */
export const workersReport = (): Report => {
  const report = incidentReport();
  const dns = ['literal', 'per-connection'];
  const cells = dns.flatMap((lookup, k) =>
    report.cells.map((old) => {
      const [cpu, rps] = [old.metrics[0], old.metrics[1]];
      const spec = (of: Comparison | undefined) => ({
        baseline: (of?.baseline ?? 1) * (1 + k * 0.08),
        change: (of?.change?.estimate ?? 0) * (1 - k * 0.1),
        half: ((of?.change?.high ?? 0) - (of?.change?.low ?? 0)) / 2,
        verdict: of?.verdict ?? 'unchanged',
      });
      return cell({
        variants: { dns: lookup, ...old.variants },
        verdict: old.verdict,
        cpu: spec(cpu),
        rps: { ...spec(rps), baseline: spec(rps).baseline * 4.6 },
        workers: 5,
      });
    }),
  );
  return {
    ...report,
    axes: [{ name: 'dns', variants: dns }, ...report.axes],
    cells,
    sentence: 'node@20.20.2 needs more client CPU per request in 6 of 10 cells.',
    method: { ...report.method, family: 20 },
  };
};

const hostileTexts = {
  script: '<script>globalThis.hacked=1</script>',
  style: '</style><img src=x onerror=globalThis.hacked=1>',
  quotes: `"' onmouseover="globalThis.hacked=1" x='`,
  pipe: 'a|b\nc\r\nd',
  ansi: '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J',
  bidi: 'txt.\u202eexe\u2066\u200f\u061c\ufeff',
  template: '{{{constructor}}} {{lookup this "x"}} %s',
  long: 'x'.repeat(400),
} as const;

/** Every text that may come from a file or a server tries to be something else. */
export const hostileReport = (): Report => {
  const report = invalidReport();
  const { script, style, quotes, pipe, ansi, bidi, template, long } = hostileTexts;
  const all = Object.values(hostileTexts).join(' ');
  const axis = `tls${script}`;
  const variants: Readonly<Record<string, string>> = {
    none: quotes,
    '1.3': `${bidi}${style}`,
    'keep-alive': pipe,
    close: ansi,
    'close-new-context': template,
  };
  const rename = (name: string | undefined) => variants[name ?? ''] ?? '';
  const cells = report.cells.map((old): CellReport => {
    const named = { [axis]: rename(old.variants.tls), reuse: rename(old.variants.reuse) };
    return {
      ...old,
      id: idOf(named),
      variants: named,
      reason: old.reason === null ? null : all,
      contract: {
        ok: old.contract.ok,
        clauses: old.contract.clauses.map((c) => ({
          ...c,
          clause: all,
          expected: script,
          observed: ansi,
        })),
      },
      warnings: [{ code: script, message: all, next: style }],
    };
  });
  const candidate = { name: bidi, fingerprint: { runtime: template, openssl: long } };
  return {
    ...report,
    tool: { name: script, version: quotes },
    id: `../../${quotes}${script}`,
    matrix: { name: `${script}${ansi}`, file: `/tmp/${style}${bidi}` },
    description: all,
    sentence: all,
    axes: [
      { name: axis, variants: tls.map(rename) },
      { name: 'reuse', variants: reuse.map(rename) },
    ],
    baseline: { name: script, fingerprint: { runtime: style, [quotes]: ansi, [long]: long } },
    candidate,
    candidates: [candidate],
    differences: [
      { key: quotes, baseline: script, candidate: style, of: [bidi] },
      { key: long, baseline: ansi, candidate: bidi, of: [bidi] },
    ],
    environment: { ...machine, cpu: all, os: script, governor: style },
    cells,
    warnings: [{ code: 'x', message: all, next: quotes }],
  };
};

/** Five remote workers that stayed the same in all launches: what they prove is slower at most. */
export function onePairReport(): Report {
  const kept = cell({
    variants: { reuse: 'close' },
    verdict: 'slower',
    ...both([9012, 109.4], [2.12, -0.679], [0.145, 0.017], ['slower', 'slower']),
    workers: 5,
  });
  return {
    ...incidentReport(),
    ...{ outcome: 'pass', exitCode: 0, cells: [{ ...kept, onePair: true }] },
    sentence: '2.26.0 against 2.17.0, of one pair: no regression in 1 cell (1 slower).',
    axes: [{ name: 'reuse', variants: ['close'] }],
  };
}
