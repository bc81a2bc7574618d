import { type MetricName, metricNames } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import { logRatio } from '../model/units.ts';
import { type Looks, singleLook } from '../stats/sequential.ts';
import { type ArmTotals, metricOf } from './arm-totals.ts';
import type { PairedObserved } from './observed.ts';

/** Every metric over the launches in which both arms have it: one log ratio per launch. */
export function observe(
  launches: readonly ByRole<ArmTotals>[],
  gating: readonly MetricName[],
  looks: Looks,
): PairedObserved[] {
  return metricNames.flatMap((metric) => {
    const pairs = launches.flatMap(({ baseline, candidate }) => {
      const [b, c] = [metricOf(metric, baseline), metricOf(metric, candidate)];
      return b === null || c === null ? [] : [{ b, c }];
    });
    const gates = gating.includes(metric);
    // A metric that this engine does not have is not shown; one that gates is, and stays undecided.
    if (pairs.length === 0 && !gates) return [];
    return {
      kind: 'paired' as const,
      metric,
      gating: gates,
      // The looks were taken for the metrics that gate; the others are shown as if there had been one.
      looks: gates ? looks : singleLook(Math.max(1, pairs.length)),
      baseline: pairs.map(({ b }) => b),
      candidate: pairs.map(({ c }) => c),
      ratios: pairs.flatMap(({ b, c }) => (b > 0 && c > 0 ? [logRatio(c, b)] : [])),
    };
  });
}
