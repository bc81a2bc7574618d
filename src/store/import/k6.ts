import { z } from 'zod';
import type { ForeignTotals } from '../../model/imported.ts';
import { fitting, fromMs, jsonOrNull, unreadable } from './fields.ts';
import { isPoints, pointsTotals } from './k6-points.ts';

const what = 'a summary of k6 with HTTP requests in it';
const next =
  'Give a file that `k6 run --summary-export FILE` writes, the JSON of handleSummary(data), or the points of `--out json=FILE`.';

/** The values of each metric by their names, as all three kinds of summary have them in one place or another. */
type Values = Readonly<Record<string, number>>;

const numbers = z
  .record(z.string(), z.unknown())
  .transform(
    (given): Values =>
      Object.fromEntries(
        Object.entries(given).filter(
          (entry): entry is [string, number] => typeof entry[1] === 'number',
        ),
      ),
  );

/** `--new-machine-readable-summary`, from 1.5. */
const machineReadable = z.object({
  config: z.object({ duration: z.number().positive() }),
  results: z.object({ metrics: z.array(z.object({ name: z.string(), values: numbers })) }),
});

/** What handleSummary is given. */
const handled = z.object({
  state: z.object({ testRunDurationMs: z.number().positive() }),
  metrics: z.record(z.string(), z.object({ values: numbers })),
});

const exported = z.object({ metrics: z.record(z.string(), numbers) });

interface Summary {
  /** Null where it follows from count and rate. */
  readonly seconds: number | null;
  readonly metrics: ReadonlyMap<string, Values>;
}

function summaryOf(value: unknown, file: string): Summary {
  const newest = machineReadable.safeParse(value);
  if (newest.success) {
    const { config, results } = newest.data;
    const metrics = new Map(results.metrics.map(({ name, values }) => [name, values]));
    return { seconds: config.duration, metrics };
  }
  const given = handled.safeParse(value);
  if (given.success) {
    const metrics = Object.entries(given.data.metrics);
    return {
      seconds: given.data.state.testRunDurationMs / 1000,
      metrics: new Map(metrics.map(([name, { values }]) => [name, values])),
    };
  }
  const { metrics } = fitting(exported, value, file, what, next);
  return { seconds: null, metrics: new Map(Object.entries(metrics)) };
}

/** @throws BenchFailure */
export function readK6(text: string, file: string): ForeignTotals {
  const json = jsonOrNull(text);
  if (json === null || isPoints(json.value)) return pointsTotals(text, file, next);
  const { seconds, metrics } = summaryOf(json.value, file);
  const value = (metric: string, ...names: readonly string[]): number | null =>
    names.map((name) => metrics.get(metric)?.[name]).find((found) => found !== undefined) ?? null;
  const demanded = (metric: string, ...names: readonly string[]): number => {
    const found = value(metric, ...names);
    if (found !== null && found >= 0) return found;
    throw unreadable(file, `has no ${metric} (${names.join(' or ')}), so it is not ${what}`, next);
  };
  const sent = demanded('http_reqs', 'count');
  // Of a k6 rate, `passes` are those for which it is true: here requests that failed.
  const failures = demanded('http_req_failed', 'matches', 'passes');
  const latency = (...names: readonly string[]) => fromMs(value('http_req_duration', ...names));
  return {
    form: 'k6 summary',
    requests: sent - failures,
    failures,
    seconds: seconds ?? sent / demanded('http_reqs', 'rate'),
    latency: {
      latencyMean: latency('avg'),
      latencyP50: latency('med', 'p(50)'),
      latencyP90: latency('p(90)', 'p90'),
      latencyP95: latency('p(95)', 'p95'),
      latencyP99: latency('p(99)', 'p99'),
    },
  };
}
