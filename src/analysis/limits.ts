import { type MetricName, metrics } from '../model/metrics.ts';
import type { Gate, Limit } from '../model/plan.ts';
import type { Comparison, LimitReport } from '../model/report.ts';
import { meanInterval } from '../stats/interval.ts';
import type { Observed } from './observed.ts';

/** Of the interval that is set beside a limit; each limit stands for itself, so nothing is corrected. */
const level = 0.95;

/**
 * The candidate of a cell against each limit. The value is the comparison's, over launches; a limit is broken where it
 * lies beyond, however uncertain it is: the interval says whether that could be noise.
 */
export const limitReports = (
  gate: Gate,
  comparisons: readonly Comparison[],
  observed: readonly Observed[],
): readonly LimitReport[] =>
  gate.limits.map((limit) => {
    const value = comparisons.find(({ metric }) => metric === limit.metric)?.candidate ?? null;
    const launches = observed.find(({ metric }) => metric === limit.metric)?.candidate ?? [];
    return limitReport(limit, value, launches);
  });

/** The limits of a cell in which nothing can be compared. */
export const unmeasuredLimits = (gate: Gate): readonly LimitReport[] =>
  gate.limits.map((limit) => limitReport(limit, null, []));

function limitReport(
  { metric, limit }: Limit,
  observed: number | null,
  launches: readonly number[],
): LimitReport {
  const { unit, better } = metrics[metric];
  const shared = { metric, unit, better, limit };
  if (observed === null) return { ...shared, state: 'unmeasured', observed: null, interval: null };
  const isBeyond = better === 'lower' ? observed > limit : observed < limit;
  const interval = intervalOf(metric, launches);
  return { ...shared, state: isBeyond ? 'broken' : 'held', observed, interval };
}

/** Student's over the logarithms of the launches; null where there are too few, or where they have none: errors are counted. */
function intervalOf(metric: MetricName, launches: readonly number[]): LimitReport['interval'] {
  if (metric === 'errorRate' || launches.length < 2) return null;
  const { low, high } = meanInterval(launches.map(Math.log), level);
  return { low: Math.exp(low), high: Math.exp(high), level };
}
