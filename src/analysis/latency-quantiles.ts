import { build, type Histogram } from 'hdr-histogram-js';
import type { LatencyDistribution } from '../model/latency.ts';
import type { ByRole } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';
import type { ArmTotals } from './arm-totals.ts';
import { isComparable } from './latencies.ts';

/** With fewer requests beyond it, a quantile tells of single requests. */
const fewestBeyond = 10;
const quantiles = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

/** Latencies of both arms, each over all its launches. Null where an arm has none, or the two mean different things by it. */
export function latenciesOf(
  totals: ByRole<readonly ArmTotals[]>,
  arms: ByRole<Settings>,
): ByRole<LatencyDistribution> | null {
  if (!isComparable('latencyMean', arms)) return null;
  const baseline = distributionOf(totals.baseline);
  const candidate = distributionOf(totals.candidate);
  return baseline === null || candidate === null ? null : { baseline, candidate };
}

function distributionOf(launches: readonly ArmTotals[]): LatencyDistribution | null {
  const known = launches.flatMap(({ latency }) => latency ?? []);
  if (known.length < launches.length) return null;
  const all = merged(known);
  const requests = all.totalCount;
  if (requests === 0) return null;
  const needed = (quantile: number): number => Math.round(fewestBeyond / (1 - quantile));
  return {
    requests,
    quantiles: [
      ...quantiles
        .filter((quantile) => requests >= needed(quantile))
        .map((quantile) => ({ quantile, us: all.getValueAtPercentile(quantile * 100) })),
      { quantile: 1, us: all.maxValue },
    ],
  };
}

/** Into a new one, of three digits as workers keep them: the metrics of the launches are still read from theirs. */
function merged(known: readonly Histogram[]): Histogram {
  const all = build({ numberOfSignificantValueDigits: 3 });
  all.autoResize = true;
  for (const latency of known) all.add(latency);
  return all;
}
