import { oneSampleT } from '../stats/interval.ts';
import { moments } from '../stats/moments.ts';

const fewestLaunches = 4;

/** Whether two ways to read the same change differ: beyond chance, and by enough to matter. @param gaps one a launch */
export const isGap = (
  gaps: readonly number[],
  { margin, level }: { readonly margin: number; readonly level: number },
): boolean =>
  gaps.length >= fewestLaunches &&
  Math.abs(moments(gaps).mean) >= margin &&
  oneSampleT(gaps).p < level;
