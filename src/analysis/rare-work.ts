import { type BlockMetric, metrics } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import { moments } from '../stats/moments.ts';
import { trimmedMean } from '../stats/trimmed.ts';
import { type BlockReading, blocksOf, changeOver, levelOver } from './blocks.ts';
import { gapBetween, isGap } from './gap.ts';
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
  const gaps = gapsOf(launches, primary, changeOver);
  return isGap(gaps, { margin, level }) ? warningOf(primary, moments(gaps).mean) : null;
}

/** The same where each arm was measured in a run of its own. */
export function rareWorkBetween(
  runs: ByRole<readonly MeasuredLaunch[]>,
  primary: BlockMetric,
  margin: number,
): Warning | null {
  const gaps = {
    baseline: gapsOf(runs.baseline, primary, levelOver),
    candidate: gapsOf(runs.candidate, primary, levelOver),
  };
  const gap = gapBetween(gaps, { margin, level });
  return gap === null ? null : warningOf(primary, gap);
}

/** Of each launch: by totals, less the trimmed mean of its blocks. */
const gapsOf = (
  launches: readonly MeasuredLaunch[],
  metric: BlockMetric,
  read: BlockReading,
): number[] =>
  launches.flatMap(({ slices }) => {
    const blocks = blocksOf(slices, metric);
    const readings = blocks.map((block) => read([block], metric));
    // A target that does not report has its CPU by the launch, and none by the block.
    if (blocks.length < fewestBlocks || !readings.every(Number.isFinite)) return [];
    return [read(blocks, metric) - trimmedMean(readings)];
  });

const warningOf = (primary: BlockMetric, gap: number): Warning => ({
  code: 'rare-work',
  message: `rare, expensive work: by totals the change of ${metrics[primary].label} is ${(Math.abs(gap) * 100).toFixed(1)} points ${gap > 0 ? 'larger' : 'smaller'} than in a typical block`,
  next: 'Look for work done every so many requests: garbage collection, reconnects, timers, log flushes.',
});
