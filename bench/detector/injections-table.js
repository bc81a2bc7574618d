/** What inject.js prints, in Markdown. */
import { availableParallelism } from 'node:os';
import { metrics } from '../../dist/model/metrics.js';

const columns = [
  ...['injection', 'what', 'side', 'seed', 'cell', 'metric', 'true effect', 'measured (interval)'],
  ...['measured ÷ true (interval)', 'expected', 'verdict', 'as expected', 'once per request'],
  ...['preempted per 1,000', 'launches', 'seconds'],
];
const row = (cells) => `| ${cells.join(' | ')} |`;

export const heading = (args) => `# Slow-downs that were injected for real

\`npm run build && node ${['bench/detector/inject.js', ...args].join(' ')}\`, Node ${process.versions.node},
${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}. Both arms carry the same hook. The true effect is the
length of the injected work by the clock, per request, ÷ the baseline's CPU per request; the measured one and its
interval are the report's. \`once per request\`: each preload saw exactly as many requests as the tool counted.
\`preempted\`: how often another process took the core of the injected end, per 1,000 requests. Where that is not
rare, the effect is not the injected work alone.

${row(columns)}
${row(columns.map(() => '---'))}`;

const percent = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)} %`;
const times = (value) => value.toFixed(2).replace('-', '−');
const shown = (interval, format) =>
  interval === null
    ? '—'
    : `${format(interval.estimate)} (${format(interval.low)} … ${format(interval.high)})`;
const yes = (holds) => (holds ? 'yes' : '**no**');

export const line = ({ name, what, side, seed, cell, comparison, truth, ...rest }) =>
  row([
    ...[name, what, side, seed, cell.id, metrics[comparison.metric].label],
    truth === null ? 'not known' : percent(truth),
    shown(comparison.change, percent),
    shown(rest.ratio, times),
    ...[rest.expected.words, cell.verdict, yes(rest.expected.holds(cell)), yes(rest.once)],
    ...[rest.preempted.toFixed(1), cell.launches, rest.seconds.toFixed(0)],
  ]);

export function closing(results, seconds) {
  const ratios = results.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  const count = (of, holds) => `${of.filter(holds).length} of ${of.length}`;
  const near = count(ratios, ({ estimate }) => estimate >= 0.9 && estimate <= 1.1);
  return [
    `\nAs expected: ${count(results, ({ expected, cell }) => expected.holds(cell))}.`,
    `Measured ÷ true: within 0.9 … 1.1 in ${near};`,
    `the interval holds 1 in ${count(ratios, ({ low, high }) => low <= 1 && high >= 1)}.`,
    `${seconds.toFixed(0)} s in all.`,
  ].join('\n');
}
