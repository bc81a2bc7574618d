import type { ByRole } from '../model/plan.ts';
import { oneSampleT } from '../stats/interval.ts';
import { moments } from '../stats/moments.ts';
import { differenceP, meanDifference } from '../stats/welch.ts';

const fewestLaunches = 4;

interface Worth {
  /** A gap within it does no harm. */
  readonly margin: number;
  readonly level: number;
}

/** Whether two ways to read the same change differ: beyond chance, and by enough to matter. @param gaps one a launch */
export const isGap = (gaps: readonly number[], { margin, level }: Worth): boolean =>
  gaps.length >= fewestLaunches &&
  Math.abs(moments(gaps).mean) >= margin &&
  oneSampleT(gaps).p < level;

/** The same where the arms were measured in two runs: what the gap of the change is, or null where there is none worth a word. */
export function gapBetween(
  { baseline, candidate }: ByRole<readonly number[]>,
  { margin, level }: Worth,
): number | null {
  if (Math.min(baseline.length, candidate.length) < fewestLaunches) return null;
  const gap = meanDifference(baseline, candidate);
  return Math.abs(gap.mean) >= margin && differenceP(gap) < level ? gap.mean : null;
}
