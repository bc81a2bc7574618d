import { z } from 'zod';
import type { ForeignTotals } from '../../model/imported.ts';
import { fromMs, jsonOrNull, unreadable } from './fields.ts';

const point = z.object({
  type: z.literal('Point'),
  metric: z.string(),
  data: z.object({ time: z.string(), value: z.number() }),
});
const line = z.object({ type: z.enum(['Metric', 'Point']), metric: z.string() });

export const isPoints = (value: unknown): boolean => line.safeParse(value).success;

/**
 * The lines of `--out json`, one for each request and metric. A point is dated at the end of its request: the run is taken
 * to last from the beginning of the first to the end of the last. @throws BenchFailure
 */
export function pointsTotals(text: string, file: string, next: string): ForeignTotals {
  const durations: number[] = [];
  let [sent, failures] = [0, 0];
  let [begin, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [index, row] of text.split('\n').entries()) {
    if (row.trim() === '') continue;
    const json = jsonOrNull(row);
    if (json === null || !isPoints(json.value)) {
      const problem = `line ${index + 1} is neither a metric nor a point of k6`;
      throw unreadable(file, problem, next);
    }
    const read = point.safeParse(json.value);
    if (!read.success) continue;
    const { metric, data } = read.data;
    if (metric === 'http_reqs') sent += data.value;
    if (metric === 'http_req_failed') failures += data.value;
    if (metric !== 'http_req_duration') continue;
    const at = Date.parse(data.time);
    durations.push(data.value);
    begin = Math.min(begin, at - data.value);
    end = Math.max(end, at);
  }
  const percentile = percentilesOf(durations);
  const sum = durations.reduce((a, b) => a + b, 0);
  return {
    form: 'k6 points',
    ...{ requests: sent - failures, failures, seconds: (end - begin) / 1000 },
    latency: {
      latencyMean: fromMs(sum / durations.length),
      latencyP50: fromMs(percentile(0.5)),
      latencyP90: fromMs(percentile(0.9)),
      latencyP95: fromMs(percentile(0.95)),
      latencyP99: fromMs(percentile(0.99)),
    },
  };
}

/** As k6 does in its summary: between the two nearest, by their distance. */
function percentilesOf(values: readonly number[]): (share: number) => number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return (share) => {
    const rank = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
    if (low === undefined || high === undefined) return null;
    return low + (high - low) * (rank - Math.floor(rank));
  };
}
