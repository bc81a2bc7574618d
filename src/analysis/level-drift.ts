import { type BlockMetric, metrics } from '../model/metrics.ts';
import { relativeChange, spokenChange } from '../model/units.ts';
import type { Warning } from '../model/warning.ts';
import { kendallP } from '../stats/kendall.ts';
import { moments } from '../stats/moments.ts';
import { blocksOf, levelOver } from './blocks.ts';
import type { MeasuredLaunch } from './launches.ts';

const level = 0.02;
/** Fewer launches cannot be in an order that is beyond chance. */
const fewestLaunches = 6;

/**
 * Whether the metric itself moved from launch to launch of a run whose arms are the same: then the machine was another at
 * its end than at its beginning. A pair would not notice; against another run it counts in full.
 * @param name of the run, for the message
 */
export function levelDrift(
  launches: readonly MeasuredLaunch[],
  name: string,
  primary: BlockMetric,
  margin: number,
): Warning | null {
  const levels = launches
    .map(({ slices }) => levelOver(blocksOf(slices, primary), primary))
    .filter(Number.isFinite);
  if (levels.length < fewestLaunches || kendallP(levels) >= level) return null;
  const middle = Math.floor(levels.length / 2);
  const moved = moments(levels.slice(middle)).mean - moments(levels.slice(0, middle)).mean;
  if (Math.abs(moved) < margin) return null;
  return {
    code: 'level-drift',
    message: `${name}: ${metrics[primary].label} moved while the run was measured, ${spokenChange(relativeChange(moved))} from its first launches to its last`,
    next: 'Measure it again on a machine that has nothing else to do, or compare both live.',
  };
}
