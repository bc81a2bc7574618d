import { metrics } from '../model/metrics.ts';
import type { Warning } from '../model/warning.ts';
import { moments } from '../stats/moments.ts';
import { trimmedMean } from '../stats/trimmed.ts';
import { type BlockMetric, blocksOf, changeOver } from './blocks.ts';
import { isGap } from './gap.ts';
import type { MeasuredLaunch } from './launches.ts';

/** Blocks that a launch needs before a trimmed mean of them says anything. */
const fewestBlocks = 6;
const level = 0.01;

/**
 * Totals count a rare burst in full, trimmed block means leave it out: where the two disagree beyond
 * chance, expensive work is done now and then.
 */
export function rareWork(
  launches: readonly MeasuredLaunch[],
  primary: BlockMetric,
  margin: number,
): Warning | null {
  const gaps = launches.flatMap(({ slices }) => {
    const blocks = blocksOf(slices, primary);
    const ratios = blocks.map((block) => changeOver([block], primary));
    // A target that does not report has its CPU by the launch, and none by the block.
    if (blocks.length < fewestBlocks || !ratios.every(Number.isFinite)) return [];
    return [changeOver(blocks, primary) - trimmedMean(ratios)];
  });
  if (!isGap(gaps, { margin, level })) return null;
  const { mean } = moments(gaps);
  return {
    code: 'rare-work',
    message: `rare, expensive work: by totals the change of ${metrics[primary].label} is ${(Math.abs(mean) * 100).toFixed(1)} points ${mean > 0 ? 'larger' : 'smaller'} than in a typical block`,
    next: 'Look for work done every so many requests: garbage collection, reconnects, timers, log flushes.',
  };
}
