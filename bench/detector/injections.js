/**
 * The injections of injections.yaml: where each runs, what is known of its true effect, and what the report ought
 * to say. `expected` is asked of the cell's report; its words stand in the table.
 */
const plain = 'tls=none,reuse=keep-alive';
const tls = 'tls=1.3,reuse=keep-alive';
const metricOf = (cell, name) => cell.metrics.find(({ metric }) => metric === name);
const verdictIs = (verdict) => (cell) => cell.verdict === verdict;
const launches = (n, ...more) => ['--launches', `${n}`, ...more];

const calls = { words: 'regression', holds: verdictIs('regression') };
const callsNothing = { words: 'no regression', holds: (cell) => cell.verdict !== 'regression' };
const breaks = (clause) => ({
  words: `invalid: ${clause}`,
  holds: (cell) => cell.verdict === 'invalid' && cell.reason.includes(`candidate: ${clause}`),
});
/** Where the injection spins, the change of this metric has a true value. */
const spinning = { client: 'cpuPerRequest', target: 'targetCpuPerRequest' };
const spins = (side, cells, args) => ({ side, cells, args, truth: spinning[side] });
const other = (side, cells, args, shown) => ({ side, cells, args, truth: null, shown });

export const injections = {
  nothing: other('target', { [plain]: callsNothing }, launches(10), 'targetCpuPerRequest'),
  'busy-client': spins('client', { [plain]: calls }, launches(12)),
  'busy-target': spins('target', { [plain]: calls }, launches(12)),
  'busy-tls-only': spins('client', { [plain]: callsNothing, [tls]: calls }, launches(10)),
  'busy-one-worker': spins(
    'client',
    {
      [plain]: {
        words: 'regression; worker 1 dearer by more than worker 0',
        holds: (cell) => cell.verdict === 'regression' && dearer(cell, 1) > 2 * dearer(cell, 0),
      },
    },
    launches(10, '--workers', '2'),
  ),
  // A longer slice time: about ten bursts in each launch.
  burst: spins(
    'client',
    {
      [plain]: {
        words: 'regression, with the warning rare-work',
        holds: (cell) =>
          cell.verdict === 'regression' && cell.warnings.some(({ code }) => code === 'rare-work'),
      },
    },
    launches(10, '--budget', '90s'),
  ),
  allocate: other('client', { [plain]: calls }, launches(10), 'cpuPerRequest'),
  tail: other(
    'target',
    {
      [plain]: {
        words: 'p99 latency proven worse, median not',
        holds: (cell) =>
          metricOf(cell, 'latencyP99').change.low > 0.1 &&
          metricOf(cell, 'latencyP50').verdict !== 'regression',
      },
    },
    launches(10),
    'latencyP99',
  ),
  closing: other('target', { [plain]: breaks('connections') }, launches(3), 'targetCpuPerRequest'),
  tickets: other(
    'target',
    { 'tls=1.3,reuse=resumed': breaks('resumption') },
    launches(3),
    'targetCpuPerRequest',
  ),
};

const dearer = ({ workers: { baseline, candidate } }, worker) =>
  candidate[worker].cpuPerRequest - baseline[worker].cpuPerRequest;
