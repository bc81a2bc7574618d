/** What inject.js prints, in Markdown. */
import { availableParallelism } from 'node:os';
import { metrics } from '../../dist/model/metrics.js';

const columns = [
  ...['injection', 'what', 'side', 'seed', 'cell', 'metric', 'work alone', 'by the clock'],
  ...[
    'measured (interval)',
    'measured ÷ work alone (interval)',
    'measured ÷ clock',
    'expected',
    'verdict',
    'as expected',
    'once per request',
  ],
  ...['preempted per 1,000', 'launches', 'seconds'],
];
const row = (cells) => `| ${cells.join(' | ')} |`;

export const heading = (args) => `# Slow-downs that were injected for real

\`npm run build && node ${['bench/detector/inject.js', ...args].join(' ')}\`, Node ${process.versions.node},
${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}. Both arms carry the same hook. There are two truths, and
neither knows of CPU meters. \`work alone\` is the length of the injected work, per request, ÷ the baseline's CPU per
request. \`by the clock\` is how much longer a request takes where the injected end is saturated in both arms: it holds what
the work sets off beside itself, too. Work at each request sets off something: requests leave one by one, the other end falls asleep in
between and has to be woken (its CPU per request rises, though nothing was injected there). A burst now and then does not.
What was measured and its interval are the report's. \`once per request\`: each preload saw exactly as many requests as the tool counted.
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

export const line = ({ name, what, side, seed, cell, comparison, truth, clock, ...rest }) =>
  row([
    ...[name, what, side, seed, cell.id, metrics[comparison.metric].label],
    truth === null ? 'not known' : percent(truth),
    clock === null ? 'not known' : percent(clock),
    shown(comparison.change, percent),
    shown(rest.ratio, times),
    clock === null || rest.ratio === null ? '—' : times(comparison.change.estimate / clock),
    ...[rest.expected.words, cell.verdict, yes(rest.expected.holds(cell)), yes(rest.once)],
    ...[rest.preempted.toFixed(1), cell.launches, rest.seconds.toFixed(0)],
  ]);

export function closing(results, seconds) {
  const count = (of, holds) => `${of.filter(holds).length} of ${of.length}`;
  const isNear = (ratio) => ratio >= 0.9 && ratio <= 1.1;
  const byWork = results.flatMap(({ ratio }) => (ratio === null ? [] : [ratio.estimate]));
  // Where nothing was injected a ratio has no meaning.
  const byClock = results.flatMap(({ ratio, clock, comparison }) =>
    clock === null || ratio === null ? [] : [comparison.change.estimate / clock],
  );
  return [
    `\nAs expected: ${count(results, ({ expected, cell }) => expected.holds(cell))}.`,
    `Within 0.9 … 1.1: measured ÷ clock in ${count(byClock, isNear)}, measured ÷ work alone in ${count(byWork, isNear)}.`,
    `${seconds.toFixed(0)} s in all.`,
  ].join('\n');
}
