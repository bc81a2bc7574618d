import type { MetricName } from '../model/metrics.ts';
import type { ByRole, Side } from '../model/plan.ts';
import type { Bottleneck } from '../model/report.ts';
import type { Load } from '../model/settings.ts';
import type { ArmTotals } from './arm-totals.ts';

/**
 * The metric that answers first for what the compare axis changes. Where the target's CPU cannot be read, its
 * mean latency does: of all latencies the one that counts rare and expensive work in full.
 */
export const primaryOf = (side: Side, targetCpuKnown: boolean): MetricName =>
  side === 'target' ? targetMetric(targetCpuKnown) : 'cpuPerRequest';

const targetMetric = (cpuKnown: boolean): MetricName =>
  cpuKnown ? 'targetCpuPerRequest' : 'latencyMean';

/** Of both arms in some launch, or there has been none yet. */
export const isTargetCpuKnown = (launches: readonly ByRole<ArmTotals>[]): boolean =>
  launches.length === 0 ||
  launches.some(
    ({ baseline, candidate }) => baseline.targetCpuUs !== null && candidate.targetCpuUs !== null,
  );

/**
 * Which metrics may fail a cell. The side that is not under test is a consequence: shown, never gated.
 * The rate gates too, unless a generator that is not under test is what saturates: then it measures the
 * generator.
 */
export function gatingMetrics(
  side: Side,
  bottleneck: Bottleneck,
  targetCpuKnown: boolean,
  load: Load['model'],
): readonly MetricName[] {
  const generatorHides = side === 'target' && (bottleneck === 'client' || bottleneck === 'both');
  // The rate of paced load is chosen, and what matters is whether it was kept.
  const rate: MetricName = load === 'closed' ? 'rps' : 'achievedRate';
  const rates: readonly MetricName[] = generatorHides ? [] : [rate];
  if (side === 'both') return ['cpuPerRequest', targetMetric(targetCpuKnown), ...rates];
  return [primaryOf(side, targetCpuKnown), ...rates];
}
