import { z } from 'zod';
import type { ForeignTotals } from '../../model/imported.ts';
import { counted, fitting, fromMs, jsonOrNull, unreadable } from './fields.ts';
import { historyTotals, statsTotals } from './locust-csv.ts';

const what = 'what Locust reports';
const next =
  'Give the JSON of `locust --headless --json`, or the PREFIX_stats.csv or PREFIX_stats_history.csv of `--csv PREFIX`.';

/** The same keys from 2.14 to 2.47. There is no entry for all of them together. */
const entries = z.array(
  z.object({
    start_time: z.number(),
    last_request_timestamp: z.number().nullable(),
    num_requests: counted,
    num_none_requests: counted,
    num_failures: counted,
    total_response_time: counted,
    response_times: z.record(z.string(), counted),
  }),
);
type Entries = z.output<typeof entries>;

/** @throws BenchFailure */
export function readLocust(text: string, file: string): ForeignTotals {
  if (text.startsWith('Type,Name,')) return statsTotals(text, file, next);
  if (text.startsWith('Timestamp,User Count,')) return historyTotals(text, file, next);
  const json = jsonOrNull(text);
  if (json === null) throw unreadable(file, `is not ${what}`, next);
  return totalsOf(fitting(entries, json.value, file, what, next));
}

function totalsOf(all: Entries): ForeignTotals {
  const sum = (of: (entry: Entries[number]) => number): number =>
    all.reduce((total, entry) => total + of(entry), 0);
  const sent = sum((entry) => entry.num_requests);
  const timed = sent - sum((entry) => entry.num_none_requests);
  const failures = sum((entry) => entry.num_failures);
  const [begin, end] = [
    Math.min(...all.map((entry) => entry.start_time)),
    Math.max(...all.map((entry) => entry.last_request_timestamp ?? 0)),
  ];
  const percentile = percentilesOf(all);
  return {
    form: 'locust --json',
    ...{ requests: sent - failures, failures, seconds: end - begin },
    latency: {
      latencyMean: fromMs(sum((entry) => entry.total_response_time) / timed),
      latencyP50: fromMs(percentile(0.5)),
      latencyP90: fromMs(percentile(0.9)),
      latencyP95: fromMs(percentile(0.95)),
      latencyP99: fromMs(percentile(0.99)),
    },
  };
}

/** As Locust does: the time of the request that this share is not slower than, of times that it has rounded to two digits. */
function percentilesOf(all: Entries): (share: number) => number | null {
  const times = all
    .flatMap((entry) => Object.entries(entry.response_times))
    .map(([ms, count]) => ({ ms: Number(ms), count }))
    .sort((a, b) => b.ms - a.ms);
  const total = times.reduce((sum, { count }) => sum + count, 0);
  return (share) => {
    let rest = total - Math.floor(total * share);
    for (const { ms, count } of times) {
      rest -= count;
      if (rest <= 0) return ms;
    }
    return null;
  };
}
