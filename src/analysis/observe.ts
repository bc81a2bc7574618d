import { type MetricName, metricNames } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import { logRatio } from '../model/units.ts';
import { type ArmTotals, metricOf } from './arm-totals.ts';
import type { Observed } from './compare.ts';

/** Every metric over the launches in which both arms have it: one log ratio per launch. */
export function observe(
  launches: readonly ByRole<ArmTotals>[],
  gating: readonly MetricName[],
): Observed[] {
  return metricNames.map((metric) => {
    const pairs = launches.flatMap(({ baseline, candidate }) => {
      const [b, c] = [metricOf(metric, baseline), metricOf(metric, candidate)];
      return b === null || c === null ? [] : [{ b, c }];
    });
    return {
      metric,
      gating: gating.includes(metric),
      baseline: pairs.map(({ b }) => b),
      candidate: pairs.map(({ c }) => c),
      ratios: pairs.flatMap(({ b, c }) => (b > 0 && c > 0 ? [logRatio(c, b)] : [])),
    };
  });
}
