/**
 * How long it takes until a true slow-down of 5 % and 10 % is called, in the client and in the target: keep-alive,
 * plain HTTP, default margins, looks and budget. From the root of the repository; a quarter of an hour:
 * `npm run build && node bench/detector/time-to-decision.js`
 *
 * --repeat K runs of each (5), --seed N of the first, --only client or target, --effect 5 (repeatable).
 *
 * `called` is the first look at which a gating metric was a regression, judged again by the rows up to it; the run
 * itself goes on until every gating metric is decided. Both times are from the start of the command, so they hold
 * what it prepares.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { firstCall } from './first-call.js';
import { compareOnce } from './compare-once.js';
import { trueEffect } from './truth.js';

const { values } = parseArgs({
  options: {
    repeat: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: ['client', 'target'] },
    effect: { type: 'string', multiple: true, default: ['5', '10'] },
  },
});
const cell = 'tls=none,reuse=keep-alive';
const metricOf = { client: 'cpuPerRequest', target: 'targetCpuPerRequest' };
const out = 'reports/time-to-decision';
const matrix = `${out}/matrix.yaml`;

/** injections.yaml with a length of its own for the busy loops. */
function writeMatrix(us) {
  const file = parse(readFileSync('bench/detector/injections.yaml', 'utf8'));
  for (const side of ['client', 'target']) {
    file.axes.version[`busy-${side}`][side].env.INJECT_US = us.toFixed(3);
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(matrix, stringify(file));
}

const compare = (candidate, seed, more = []) =>
  compareOnce(
    [
      ...['--matrix', matrix, '--baseline', 'clean', '--candidate', candidate],
      ...['--only', cell, '--seed', `${seed}`, ...more],
    ],
    out,
  );

const comparisonOf = ({ report }, side) =>
  report.cells[0].metrics.find(({ metric }) => metric === metricOf[side]);

const percent = (value) => `${(value * 100).toFixed(1)} %`;
const quantile = (sorted, q) => {
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};
function spread(values, digits = 0) {
  if (values.length === 0) return '—';
  const sorted = [...values].sort((a, b) => a - b);
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((q) => quantile(sorted, q).toFixed(digits));
  return `${median} (${q1} … ${q3})`;
}

const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
const columns = [
  ...['side', 'wanted', 'true effect', 'measured', 'runs', 'called'],
  ...['launches until called', 'seconds until called', 'launches of the run', 'seconds of the run'],
];
console.log('# Time until a true slow-down is called\n\nMedians, in brackets the quartiles.\n');
row(columns);
row(columns.map(() => '---'));

for (const side of values.only) {
  writeMatrix(1);
  const calibration = await compare(`busy-${side}`, values.seed, ['--launches', '3']);
  const usPerRequest = comparisonOf(calibration, side).baseline;
  for (const effect of values.effect.map((text) => Number(text) / 100)) {
    writeMatrix(effect * usPerRequest);
    const runs = [];
    for (let repeat = 0; repeat < Number(values.repeat); repeat += 1) {
      runs.push(await compare(`busy-${side}`, Number(values.seed) + repeat));
    }
    report(side, effect, runs);
  }
}

function report(side, effect, runs) {
  const calls = runs.map(firstCall).filter((call) => call !== null);
  const inPercent = (of) =>
    `${spread(
      runs.map((run) => 100 * of(run)),
      1,
    )} %`;
  row([
    ...[side, percent(effect)],
    inPercent((run) => trueEffect(cell, metricOf[side], run)),
    inPercent((run) => comparisonOf(run, side).change.estimate),
    ...[runs.length, percent(calls.length / runs.length)],
    ...[spread(calls.map(({ launches }) => launches)), spread(calls.map(({ seconds }) => seconds))],
    spread(runs.map((run) => run.report.cells[0].launches)),
    spread(runs.map(({ seconds }) => seconds)),
  ]);
}
