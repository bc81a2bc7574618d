import { declarations } from '../engine/declarations.ts';
import type { MetricName } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import { engineName } from '../model/names.ts';
import type { Settings } from '../model/settings.ts';
import type { Warning } from '../model/warning.ts';

const latencyOf = ({ client }: Settings): string => declarations[client.engine.kind].latency;

const isSame = ({ baseline, candidate }: ByRole<Settings>): boolean =>
  latencyOf(baseline) === latencyOf(candidate);

/** Not a latency where the engines of the arms mean different things by it. */
export const isComparable = (metric: MetricName, arms: ByRole<Settings>): boolean =>
  !metric.startsWith('latency') || isSame(arms);

/** That latencies are left out, and why. */
export function unlikeLatencies(arms: ByRole<Settings>): Warning | null {
  if (isSame(arms)) return null;
  const words = (settings: Settings): string =>
    `${engineName(settings.client.engine)} measures ${latencyOf(settings)}`;
  return {
    code: 'latency-definitions',
    message: `latencies are not compared: ${words(arms.baseline)}; ${words(arms.candidate)}`,
    next: 'Compare CPU and rates here, and latencies between releases of one engine.',
  };
}
