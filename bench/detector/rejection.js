/**
 * What leaving out disturbed blocks, or adjusting for their disturbance, does to the spread of A/A launches.
 * `npm run build && node bench/detector/rejection.js RUN …`: folders of A/A runs, of one condition, whose journals
 * have run delays. docs/decisions/004-rejecting-blocks.md has the figures.
 *
 * Spread is the standard deviation of a launch's log ratio within its run and cell; a ratio below 1 is a gain. The
 * interval beside it is the 90 % bootstrap over launches, the same launches drawn for both rules.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { launchesOf } from '../../dist/analysis/launches.js';
import { randomFrom } from '../../dist/stats/random.js';
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
const rules = {
  'delay > 2 %, cap 20 %': beyond(0.02, 0.2, lost),
  'delay > 5 %, cap 20 %': beyond(0.05, 0.2, lost),
  'delay > 10 %, cap 20 %': beyond(0.1, 0.2, lost),
  'delay > 20 %, cap 20 %': beyond(0.2, 0.2, lost),
  'delay > 30 %, cap 20 %': beyond(0.3, 0.2, lost),
  'delay > 50 %, cap 20 %': beyond(0.5, 0.2, lost),
  'delay > 60 %, cap 20 %': beyond(0.6, 0.2, lost),
  'delay > 75 %, cap 20 %': beyond(0.75, 0.2, lost),
  'delay > 5 %, cap 50 %': beyond(0.05, 0.5, lost),
  'delay > 20 %, cap 50 %': beyond(0.2, 0.5, lost),
  'steal > 0, cap 20 %': beyond(0, 0.2, (sums) => sums.stealUs / sums.spanUs),
  'throttled > 0, cap 20 %': beyond(0, 0.2, (sums) => sums.throttledUs / sums.spanUs),
  'throttled > 0, cap 50 %': beyond(0, 0.5, (sums) => sums.throttledUs / sums.spanUs),
  'worst 20 %': beyond(-1, 0.2, lost),
  'any 20 % (control)': beyond(-1, 0.2, () => random()),
};

const sd = (values) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((s, x) => s + (x - mean) ** 2, 0) / (values.length - 1));
};
const pooled = (groups) => Math.sqrt(groups.reduce((s, g) => s + sd(g) ** 2, 0) / groups.length);
const drawn = (groups, picks) => groups.map((group, i) => picks[i].map((k) => group[k]));
const percent = (x) => `${(x * 100).toFixed(2)} %`;

/** before and after are groups (a run's cell) of launches. */
function gain(before, after) {
  const draws = Array.from({ length: 1_000 }, () => {
    const picks = before.map((g) => g.map(() => Math.floor(random() * g.length)));
    return pooled(drawn(after, picks)) / pooled(drawn(before, picks));
  }).sort((a, b) => a - b);
  const [ratio, low, high] = [pooled(after) / pooled(before), draws[50], draws[949]];
  return `${ratio.toFixed(2)} (${low.toFixed(2)} … ${high.toFixed(2)})`;
}

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

const groups = new Map();
const folders = process.argv.slice(2).flatMap((folder) =>
  existsSync(path.join(folder, 'journal.ndjson'))
    ? [folder]
    : readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => path.join(folder, entry.name)),
);
for (const folder of folders) {
  const { header, rows } = readJournal(path.join(folder, 'journal.ndjson'));
  for (const { id } of header.plan.cells) {
    const launches = launchesOf(id, rows).map(({ slices }) => blocksOf(slices));
    if (launches.length > 2) groups.set(id, [...(groups.get(id) ?? []), launches]);
  }
}
for (const [cell, runs] of groups) {
  const all = runs.flat(2).map((block) => lost(both(block)));
  all.sort((a, b) => a - b);
  const quantile = (q) => percent(all[Math.floor(q * (all.length - 1))]);
  console.log(`\n## ${cell}: ${runs.length} runs, ${runs.flat().length} launches\n`);
  console.log(
    `Blocks' delay share: p10 ${quantile(0.1)}, p50 ${quantile(0.5)}, p90 ${quantile(0.9)}, p99 ${quantile(0.99)}\n`,
  );
  console.log(`| rule | left out | ${Object.keys(metrics).join(' | ')} |`);
  console.log(`|---|---|${Object.keys(metrics).map(() => '---|').join('')}`); // biome-ignore format: one line
  const plain = Object.fromEntries(
    Object.entries(metrics).map(([name, of]) => [
      name,
      runs.map((run) => run.map((b) => change(b, of))),
    ]),
  );
  console.log(
    `| sd of a launch | | ${Object.values(plain)
      .map((g) => percent(pooled(g)))
      .join(' | ')} |`,
  );
  for (const [name, rule] of Object.entries(rules)) {
    const kept = runs.map((run) => run.map(rule));
    const share = 1 - kept.flat(2).length / runs.flat(2).length;
    const gains = Object.entries(metrics).map(([metric, of]) =>
      gain(
        plain[metric],
        kept.map((run) => run.map((b) => change(b, of))),
      ),
    );
    console.log(`| ${name} | ${percent(share)} | ${gains.join(' | ')} |`);
  }
  const gains = Object.entries(metrics).map(([name, of]) =>
    gain(
      plain[name],
      runs.map((run) => adjusted(run, of)),
    ),
  );
  console.log(`| adjusted for delay | | ${gains.join(' | ')} |`);
  const net = runs.map((run) => run.map((blocks) => change(blocks, withoutWaits)));
  console.log(`| rps without the waits | | | | ${gain(plain.rps, net)} |`);
}
