/**
 * The injections of injections.yaml: what is done where, by which metric it is to be seen, and what the report ought to
 * say. Where work spins, the change of that metric has a true value; of the others only what is
 * `expected` of the cell's report is known.
 */
const plain = 'tls=none,reuse=keep-alive';
const tls = 'tls=1.3,reuse=keep-alive';
const client = { side: 'client', metric: 'cpuPerRequest' };
const target = { side: 'target', metric: 'targetCpuPerRequest' };

const regression = { words: 'regression', holds: ({ verdict }) => verdict === 'regression' };
const noRegression = { words: 'no regression', holds: ({ verdict }) => verdict !== 'regression' };
const broken = (clause) => ({
  words: `invalid: ${clause}`,
  holds: ({ verdict, reason }) => verdict === 'invalid' && reason.includes(`candidate: ${clause}`),
});
/** @param holds is asked of the cell beside the verdict */
const regressionWith = (words, holds) => ({
  words: `regression; ${words}`,
  holds: (cell) => regression.holds(cell) && holds(cell),
});
const dearer = ({ workers: { baseline, candidate } }, worker) =>
  candidate[worker].cpuPerRequest - baseline[worker].cpuPerRequest;
const tailOnly = ({ metrics }) => {
  const of = (name) => metrics.find(({ metric }) => metric === name);
  return of('latencyP99').change.low > 0.1 && of('latencyP50').verdict !== 'regression';
};

export const injections = {
  nothing: {
    ...target,
    what: 'nothing: another environment variable',
    spins: false,
    launches: 10,
    cells: { [plain]: noRegression },
  },
  'more-client': {
    ...client,
    what: '24 µs of work per request instead of 20',
    baseline: 'busy-client',
    spins: true,
    launches: 10,
    cells: { [plain]: regression },
  },
  'more-target': {
    ...target,
    what: '24 µs of work per answer instead of 20',
    baseline: 'busy-target',
    spins: true,
    launches: 10,
    cells: { [plain]: regression },
  },
  'more-tls-only': {
    ...client,
    what: '19 µs of work per request instead of 15, only with TLS',
    baseline: 'busy-tls-only',
    spins: true,
    launches: 10,
    cells: { [plain]: noRegression, [tls]: regression },
  },
  'more-one-worker': {
    ...client,
    what: '21 µs of work per request instead of 15, in one worker of two',
    baseline: 'busy-one-worker',
    spins: true,
    launches: 10,
    more: ['--workers', '2'],
    cells: {
      [plain]: regressionWith(
        'worker 1 dearer than worker 0',
        (cell) => dearer(cell, 1) > 2 * dearer(cell, 0),
      ),
    },
  },
  burst: {
    ...client,
    what: '60 ms of work every 30,000 requests',
    spins: true,
    // The longer the slices, the less it matters whether a launch meets three bursts or four.
    launches: 10,
    more: ['--budget', '90s'],
    cells: {
      [plain]: regressionWith('warning rare-work', ({ warnings }) =>
        warnings.some(({ code }) => code === 'rare-work'),
      ),
    },
  },
  allocate: {
    ...client,
    what: '40 objects per request, alive for 2,000',
    spins: false,
    launches: 10,
    cells: { [plain]: regression },
  },
  tail: {
    ...target,
    what: 'one answer in 80 leaves 5 ms late',
    spins: false,
    launches: 10,
    metric: 'latencyP99',
    cells: { [plain]: { words: 'p99 latency proven worse, median not', holds: tailOnly } },
  },
  closing: {
    ...target,
    what: 'one answer in 1,000 closes',
    spins: false,
    launches: 3,
    cells: { [plain]: broken('connections') },
  },
  tickets: {
    ...target,
    what: 'one connection in 100 knows no ticket',
    spins: false,
    launches: 3,
    cells: { 'tls=1.3,reuse=resumed': broken('resumption') },
  },
};
