import { type BlockMetric, metrics } from '../model/metrics.ts';
import type { ByRole, Role } from '../model/plan.ts';
import { relativeChange, spokenChange } from '../model/units.ts';
import type { Warning } from '../model/warning.ts';
import { moments } from '../stats/moments.ts';
import { changeOver, levelOver } from './blocks.ts';
import { gapBetween, isGap } from './gap.ts';
import type { MeasuredLaunch } from './launches.ts';
import { inHalves, type Parts, partsOf } from './parts.ts';

const level = 0.02;

/**
 * Whether the change itself still moved while it was measured: the second half of each launch against
 * its first. Both arms growing faster alike is no harm to a ratio, and is not reported.
 */
export function driftWarning(
  launches: readonly MeasuredLaunch[],
  primary: BlockMetric,
  margin: number,
): Warning | null {
  const halves = partsOf(launches, primary, changeOver, inHalves);
  if (!isGap(halves.map(moved), { margin, level })) return null;
  const shown = (half: keyof Parts): string =>
    spokenChange(relativeChange(mean(halves.map((pair) => pair[half]))));
  return {
    code: 'drift',
    message: `the change still moved while it was measured: ${metrics[primary].label} ${shown('first')} in the first half of the launches, ${shown('second')} in the second`,
    next,
  };
}

const next =
  'Raise measure.warmup until both agree: one of the arms gets warm later than the other.';

/** The same where each arm was measured in a run of its own. */
export function driftBetween(
  runs: ByRole<readonly MeasuredLaunch[]>,
  primary: BlockMetric,
  margin: number,
): Warning | null {
  const of = (role: Role): number[] => partsOf(runs[role], primary, levelOver, inHalves).map(moved);
  const gap = gapBetween(
    { baseline: of('baseline'), candidate: of('candidate') },
    { margin, level },
  );
  if (gap === null) return null;
  return {
    code: 'drift',
    message: `the change still moved while the arms were measured: ${metrics[primary].label} ${spokenChange(relativeChange(gap))} from the first to the second half of the launches`,
    next,
  };
}

const moved = ({ first, second }: Parts): number => second - first;

const mean = (values: readonly number[]): number => moments(values).mean;
