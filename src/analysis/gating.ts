import type { MetricName } from '../model/metrics.ts';
import type { ByRole, Side } from '../model/plan.ts';
import type { Bottleneck } from '../model/report.ts';
import type { Load } from '../model/settings.ts';
import type { ArmTotals } from './arm-totals.ts';

/**
 * What answers for a target. Where its CPU cannot be read, its mean latency does: of all latencies the one that
 * counts rare and expensive work in full. A program that runs whole does not tell that either.
 */
export type TargetMetric = 'targetCpuPerRequest' | 'latencyMean' | 'rps';

/** What was read of both arms in some launch; CPU while there has been none. */
export function targetMetricOf(launches: readonly ByRole<ArmTotals>[]): TargetMetric {
  const isKnown = (of: (arm: ArmTotals) => unknown): boolean =>
    launches.some((arms) => of(arms.baseline) !== null && of(arms.candidate) !== null);
  if (launches.length === 0 || isKnown(({ targetCpuUs }) => targetCpuUs))
    return 'targetCpuPerRequest';
  return isKnown(({ latency }) => latency) ? 'latencyMean' : 'rps';
}

/** What both of two runs could read. */
export const coarser = (a: TargetMetric, b: TargetMetric): TargetMetric =>
  [a, b].find((metric) => metric === 'rps') ?? (a === 'targetCpuPerRequest' ? b : a);

/** The metric that answers first for what the compare axis changes. */
export const primaryOf = (side: Side, target: TargetMetric): MetricName =>
  side === 'target' ? target : 'cpuPerRequest';

/**
 * Which metrics may fail a cell. The side that is not under test is a consequence: shown, never gated.
 * The rate gates too, unless a generator that is not under test is what saturates: then it measures the
 * generator.
 */
export function gatingMetrics(
  side: Side,
  bottleneck: Bottleneck,
  target: TargetMetric,
  load: Load['model'],
): readonly MetricName[] {
  const generatorHides = side === 'target' && (bottleneck === 'client' || bottleneck === 'both');
  // The rate of paced load is chosen, and what matters is whether it was kept.
  const rate: MetricName = load === 'closed' ? 'rps' : 'achievedRate';
  // Where nothing else is known of the target, the rate is all there is.
  if (target === 'rps') return side === 'target' ? [rate] : ['cpuPerRequest', rate];
  const rates: readonly MetricName[] = generatorHides ? [] : [rate];
  if (side === 'both') return ['cpuPerRequest', target, ...rates];
  return [primaryOf(side, target), ...rates];
}
