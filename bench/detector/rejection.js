/**
 * What leaving out disturbed blocks, or adjusting for their disturbance, does to the spread of A/A launches.
 * `npm run build && node bench/detector/rejection.js FOLDER …`: folders with A/A runs below them, whose journals have run
 * delays. docs/decisions/004-rejecting-blocks.md has the figures.
 *
 * Spread is the standard deviation of a launch's log ratio within a run. A rule's figure is the geometric mean over runs of
 * the spread with it ÷ without it, below 1 where it pays, and the 90 % interval of that mean, run by run.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { launchesOf } from '../../dist/analysis/launches.js';
import { randomFrom } from '../../dist/stats/random.js';
import { meanInterval } from '../../dist/stats/interval.js';
import { moments } from '../../dist/stats/moments.js';
import { readJournal } from '../../dist/store/journal.js';

const metrics = {
  'client CPU': (sums) => sums.clientCpuUs / sums.requests,
  'target CPU': (sums) => sums.targetCpuUs / sums.requests,
  rps: (sums) => sums.requests / sums.wallUs,
};
const keys = [
  'requests',
  'clientCpuUs',
  'targetCpuUs',
  'wallUs',
  'spanUs',
  'clientDelayUs',
  'targetDelayUs',
  'clientRanUs',
  'targetRanUs',
  'stealUs',
  'throttledUs',
];
const roles = ['baseline', 'candidate'];

/** Sums of each arm per block, in the order of measuring. */
function blocksOf(slices) {
  const blocks = [];
  for (const row of slices) {
    const { machine, role } = row;
    blocks[row.block] ??= Object.fromEntries(
      roles.map((of) => [of, Object.fromEntries(keys.map((key) => [key, 0]))]),
    );
    const sums = blocks[row.block][role];
    const values = { ...row, ...machine };
    for (const key of keys) sums[key] += values[key] ?? 0;
  }
  return blocks;
}

const total = (blocks, role) =>
  Object.fromEntries(keys.map((key) => [key, blocks.reduce((s, b) => s + b[role][key], 0)]));
const change = (blocks, metric) =>
  Math.log(metric(total(blocks, 'candidate')) / metric(total(blocks, 'baseline')));
const waits = ({ clientDelayUs, targetDelayUs }) => clientDelayUs + targetDelayUs;
/** The waits of the main threads without those for helper threads of their own, as a share of the time on two cores. */
const lost = (sums) => {
  const strangers = ['client', 'target'].map((part) => {
    const helpers = Math.max(0, sums[`${part}CpuUs`] - sums[`${part}RanUs`]);
    return Math.max(0, sums[`${part}DelayUs`] - helpers);
  });
  return (strangers[0] + strangers[1]) / (2 * sums.spanUs);
};
const both = (block) =>
  Object.fromEntries(keys.map((key) => [key, block.baseline[key] + block.candidate[key]]));

/** The worst blocks beyond a share, at most a share of all. */
const beyond = (share, cap, signal) => (blocks) => {
  const bad = blocks
    .map((block, index) => ({ index, share: signal(both(block)) }))
    .filter((block) => block.share > share)
    .sort((a, b) => b.share - a.share)
    .slice(0, Math.floor(cap * blocks.length));
  const out = new Set(bad.map(({ index }) => index));
  return blocks.filter((_, index) => !out.has(index));
};
const random = randomFrom('rejection');
const throttled = (sums) => sums.throttledUs / (2 * sums.spanUs);
const rules = {
  ...Object.fromEntries(
    [0.05, 0.1, 0.2, 0.3, 0.4, 0.5].map((share) => [
      `waited > ${share * 100} %`,
      beyond(share, 0.2, lost),
    ]),
  ),
  'waited > 5 %, at most half': beyond(0.05, 0.5, lost),
  'any steal': beyond(0, 0.2, (sums) => sums.stealUs),
  'any throttling': beyond(0, 0.2, throttled),
  'throttled > 10 %': beyond(0.1, 0.2, throttled),
  'throttled > 25 %': beyond(0.25, 0.2, throttled),
  'the worst fifth': beyond(-1, 0.2, lost),
  'control: any fifth': beyond(-1, 0.2, () => random()),
  'control: the last fifth': (blocks) => blocks.slice(0, Math.ceil(0.8 * blocks.length)),
};

/** Slope of d on x without the launches' means: what a block's disturbance does to its ratio. */
function slopeWithin(launches, metric) {
  let [xx, xy] = [0, 0];
  for (const blocks of launches) {
    const points = blocks
      .map((b) => ({ x: lost(b.candidate) - lost(b.baseline), d: change([b], metric) }))
      .filter(({ d }) => Number.isFinite(d));
    const mean = (of) => points.reduce((s, p) => s + of(p), 0) / points.length;
    const [mx, md] = [mean((p) => p.x), mean((p) => p.d)];
    for (const { x, d } of points) {
      xx += (x - mx) ** 2;
      xy += (x - mx) * (d - md);
    }
  }
  return xx === 0 ? 0 : xy / xx;
}
/** Each launch by the slope of the others, so that no launch adjusts itself. */
const adjusted = (group, metric) =>
  group.map((blocks, i) => {
    const slope = slopeWithin(group.filter((_, k) => k !== i), metric); // biome-ignore format: one line
    const x = lost(total(blocks, 'candidate')) - lost(total(blocks, 'baseline'));
    return change(blocks, metric) - slope * x;
  });
/** The time of a slice without the longer of the two waits. */
const withoutWaits = (sums) => sums.requests / (sums.wallUs - waits(sums) / 2);

const spread = (changes) => moments(changes).sd;
const percent = (x) => `${(x * 100).toFixed(1)} %`;
/** Over runs whose figures the rule touched. */
function gain(pairs) {
  const logs = pairs
    .map(([before, after]) => Math.log(spread(after) / spread(before)))
    .filter((log) => log !== 0);
  if (logs.length === 0) return 'never';
  if (logs.length === 1) return Math.exp(logs[0]).toFixed(2);
  const { mean, low, high } = meanInterval(logs, 0.9);
  return [mean, low, high]
    .map((log) => Math.exp(log).toFixed(2))
    .join(' ')
    .replace(/ (\S+) (\S+)/, ' ($1 … $2)');
}

/** By cell, the runs' launches. */
const cells = new Map();
for (const parent of process.argv.slice(2)) {
  const folders = readdirSync(parent, { recursive: true }).filter((file) =>
    file.endsWith('journal.ndjson'),
  );
  for (const file of folders) {
    const { header, rows } = readJournal(path.join(parent, file));
    for (const { id } of header.plan.cells) {
      const launches = launchesOf(id, rows).map(({ slices }) => blocksOf(slices));
      if (launches.length > 2) cells.set(id, [...(cells.get(id) ?? []), launches]);
    }
  }
}
const row = (...columns) => console.log(`| ${columns.join(' | ')} |`);
for (const [cell, runs] of cells) {
  console.log(`\n## ${cell}: ${runs.length} runs, ${runs.flat().length} launches\n`);
  row('rule', 'left out', ...Object.keys(metrics));
  row(...Array(2 + Object.keys(metrics).length).fill('---'));
  const plain = (metric) => runs.map((run) => run.map((blocks) => change(blocks, metric)));
  const shown = (metric) =>
    plain(metric)
      .map((run) => spread(run))
      .sort((a, b) => a - b);
  row(
    'sd of a launch, lowest … highest run',
    '',
    ...Object.values(metrics).map(
      (of) => `${percent(shown(of)[0])} … ${percent(shown(of).at(-1))}`,
    ),
  );
  const against = (of, changes) => gain(plain(of).map((run, i) => [run, changes[i]]));
  for (const [name, rule] of Object.entries(rules)) {
    const kept = runs.map((run) => run.map(rule));
    const gains = Object.values(metrics).map((of) =>
      against(
        of,
        kept.map((run) => run.map((blocks) => change(blocks, of))),
      ),
    );
    row(name, percent(1 - kept.flat(2).length / runs.flat(2).length), ...gains);
  }
  const adjustments = Object.values(metrics).map((of) =>
    against(
      of,
      runs.map((run) => adjusted(run, of)),
    ),
  );
  row('adjusted for the difference in waiting', '', ...adjustments);
  const bare = runs.map((run) => run.map((blocks) => change(blocks, withoutWaits)));
  row('time without the waits', '', '', '', against(metrics.rps, bare));
}
