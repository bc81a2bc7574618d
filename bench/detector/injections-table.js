/** The table of inject.js, line by line, so that a run that is stopped leaves what it knows. */
import { metrics } from '../../dist/model/metrics.js';

const columns = [
  ...['injection', 'seed', 'side', 'cell', 'metric', 'true effect', 'measured (interval)'],
  ...['measured ÷ true (interval)', 'expected', 'verdict', 'as expected', 'once per request'],
  ...['launches', 'seconds'],
];
const row = (cells) => `| ${cells.join(' | ')} |`;
export const heading = () => `${row(columns)}\n${row(columns.map(() => '---'))}`;

const sign = (value) => (value < 0 ? '−' : '+');
const percent = (value) => `${sign(value)}${Math.abs(value * 100).toFixed(1)} %`;
const ratio = (value) => value.toFixed(2).replace('-', '−');
const yes = (holds) => (holds ? 'yes' : '**no**');

export function line({ name, seed, side, cell, seconds, expected, comparison, truth, once }) {
  const { change } = comparison;
  // Where nothing was injected, as under TLS only without TLS, a ratio has no meaning.
  const comparable = truth !== null && truth > 0 && change !== null;
  return row([
    ...[name, seed, side, cell.id, metrics[comparison.metric].label],
    truth === null ? 'not known' : percent(truth),
    change === null
      ? '—'
      : `${percent(change.estimate)} (${percent(change.low)} … ${percent(change.high)})`,
    comparable
      ? `${ratio(change.estimate / truth)} (${ratio(change.low / truth)} … ${ratio(change.high / truth)})`
      : '—',
    ...[expected.words, cell.verdict, yes(expected.holds(cell)), yes(once)],
    ...[cell.launches, seconds.toFixed(0)],
  ]);
}
