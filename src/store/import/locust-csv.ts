import type { ForeignTotals } from '../../model/imported.ts';
import { fromMs, noLatency, unreadable } from './fields.ts';

/** A row by the names of its columns. */
type Row = (column: string) => number;

/**
 * The rows of all requests together. Neither they nor the header hold quotes: only names of requests do, whose rows are
 * not looked at.
 */
function aggregated(text: string, file: string, next: string): readonly Row[] {
  const [header = '', ...rows] = text.split(/\r?\n/);
  const columns = header.split(',');
  const at = columns.indexOf('Name');
  return rows
    .map((row) => row.split(','))
    .filter((fields) => fields[at] === 'Aggregated' && fields.length === columns.length)
    .map((fields) => (column) => {
      const value = fields[columns.indexOf(column)] ?? '';
      const number = Number(value);
      if (value !== '' && Number.isFinite(number) && number >= 0) return number;
      throw unreadable(file, `has no number in the column ${column} of its row Aggregated`, next);
    });
}

/** `PREFIX_stats.csv`: one row in all. @throws BenchFailure */
export function statsTotals(text: string, file: string, next: string): ForeignTotals {
  const row = aggregated(text, file, next).at(-1);
  if (row === undefined) throw unreadable(file, 'has no row Aggregated', next);
  const [sent, failures] = [row('Request Count'), row('Failure Count')];
  return {
    form: 'locust _stats.csv',
    ...{ requests: sent - failures, failures, seconds: sent / row('Requests/s') },
    latency: {
      latencyMean: fromMs(row('Average Response Time')),
      latencyP50: fromMs(row('50%')),
      latencyP90: fromMs(row('90%')),
      latencyP95: fromMs(row('95%')),
      latencyP99: fromMs(row('99%')),
    },
  };
}

/**
 * `PREFIX_stats_history.csv`: a row each second, of which the columns that begin with Total count from the beginning. Its
 * percentiles are those of the last ten seconds, and so not of the run. @throws BenchFailure
 */
export function historyTotals(text: string, file: string, next: string): ForeignTotals {
  const rows = aggregated(text, file, next);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || rows.length < 2)
    throw unreadable(
      file,
      'has fewer than two rows Aggregated: the run was too short for it',
      next,
    );
  const over = (column: string): number => last(column) - first(column);
  const failures = over('Total Failure Count');
  return {
    form: 'locust _stats_history.csv',
    requests: over('Total Request Count') - failures,
    ...{ failures, seconds: over('Timestamp') },
    latency: { ...noLatency, latencyMean: fromMs(last('Total Average Response Time')) },
  };
}
