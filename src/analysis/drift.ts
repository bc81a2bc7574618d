import { metrics } from '../model/metrics.ts';
import { relativeChange, spokenChange } from '../model/units.ts';
import type { Warning } from '../model/warning.ts';
import { moments } from '../stats/moments.ts';
import { type BlockMetric, blocksOf, changeOver } from './blocks.ts';
import { isGap } from './gap.ts';
import type { MeasuredLaunch } from './launches.ts';

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
  const halves = launches.flatMap(({ slices }) => {
    const blocks = blocksOf(slices, primary);
    const middle = Math.floor(blocks.length / 2);
    const pair = {
      first: changeOver(blocks.slice(0, middle), primary),
      second: changeOver(blocks.slice(middle), primary),
    };
    return Number.isFinite(pair.first) && Number.isFinite(pair.second) ? [pair] : [];
  });
  const moved = halves.map(({ first, second }) => second - first);
  if (!isGap(moved, { margin, level })) return null;
  const shown = (half: 'first' | 'second'): string =>
    spokenChange(relativeChange(mean(halves.map((pair) => pair[half]))));
  return {
    code: 'drift',
    message: `the change still moved while it was measured: ${metrics[primary].label} ${shown('first')} in the first half of the launches, ${shown('second')} in the second`,
    next: 'Raise measure.warmup until both agree: one of the arms gets warm later than the other.',
  };
}

const mean = (values: readonly number[]): number => moments(values).mean;
