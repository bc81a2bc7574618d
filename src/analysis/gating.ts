import type { MetricName } from '../model/metrics.ts';
import type { Side } from '../model/plan.ts';
import type { Bottleneck } from '../model/report.ts';

/** The metric that answers first for what the compare axis changes. */
export const primaryOf = (side: Side): 'cpuPerRequest' | 'targetCpuPerRequest' =>
  side === 'target' ? 'targetCpuPerRequest' : 'cpuPerRequest';

/**
 * Which metrics may fail a cell. The side that is not under test is a consequence: shown, never gated.
 * RPS gates too, unless a generator that is not under test is what saturates: then it measures the
 * generator.
 */
export function gatingMetrics(side: Side, bottleneck: Bottleneck): readonly MetricName[] {
  const generatorHides = side === 'target' && (bottleneck === 'client' || bottleneck === 'both');
  const rates: readonly MetricName[] = generatorHides ? [] : ['rps'];
  if (side === 'both') return ['cpuPerRequest', 'targetCpuPerRequest', ...rates];
  return [primaryOf(side), ...rates];
}
