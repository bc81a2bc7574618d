import { type MetricName, metricNames } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import { type ArmTotals, metricOf } from './arm-totals.ts';
import type { UnpairedObserved } from './observed.ts';

/**
 * Every metric of two runs, in each of which both arms of a launch are the same: one observation per launch, the mean of
 * the logarithms of its two arms. With what the launch has in common e(j), and what each pair of processes has l(a, j)
 *
 *     ln metric(a, j) = μ + e(j) + l(a, j)        x(j) = μ + e(j) + (l(1, j) + l(2, j)) ÷ 2
 *
 * The launch is the unit of inference: its two arms share e(j), and taken as two observations they would make the
 * interval too short. Of its two arms the logarithms are averaged and not the totals pooled, because changes
 * multiply: a mean of logarithms is where a paired log ratio is taken from, d(j) = x(candidate) − x(baseline), each pair
 * of processes weighs the same, and it goes for percentiles too. Pooled totals are ln of the arithmetic mean, larger
 * by (ln a − ln b)² ÷ 8 to second order: what scatters more would seem dearer.
 */
export const observeRuns = (
  runs: ByRole<readonly ByRole<ArmTotals>[]>,
  gating: readonly MetricName[],
): UnpairedObserved[] =>
  metricNames.flatMap((metric) => {
    const [baseline, candidate] = [
      valuesOf(metric, runs.baseline),
      valuesOf(metric, runs.candidate),
    ];
    const gates = gating.includes(metric);
    // A metric that one of the runs does not have is not shown; one that gates is, and stays undecided.
    if ((baseline.length === 0 || candidate.length === 0) && !gates) return [];
    const logs = { baseline: logsOf(baseline), candidate: logsOf(candidate) };
    return { kind: 'unpaired' as const, metric, gating: gates, baseline, candidate, logs };
  });

/** Of each launch in which both arms have the metric. */
const valuesOf = (metric: MetricName, launches: readonly ByRole<ArmTotals>[]): number[] =>
  launches.flatMap(({ baseline, candidate }) => {
    const [a, b] = [metricOf(metric, baseline), metricOf(metric, candidate)];
    if (a === null || b === null) return [];
    // Errors are counted, and most often 0.
    return metric === 'errorRate' ? [(a + b) / 2] : [Math.sqrt(a * b)];
  });

const logsOf = (values: readonly number[]): number[] =>
  values.filter((value) => value > 0).map(Math.log);
