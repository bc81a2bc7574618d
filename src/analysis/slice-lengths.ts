import { type BlockMetric, metrics } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import { relativeChange, spokenChange } from '../model/units.ts';
import { moments } from '../stats/moments.ts';
import { type BlockReading, changeOver, levelOver } from './blocks.ts';
import { gapBetween, isGap } from './gap.ts';
import type { MeasuredLaunch } from './launches.ts';
import { byTurns, type Parts, partsOf } from './parts.ts';

/** Asked of each gating metric at each look, and one yes ends the cell: so it is strict. */
const level = 0.001;

/**
 * Stopping and continuing a program costs something at each edge of a slice. In slices of twice the length it would cost
 * half as much per request: where both lengths do not give the same change, it is the stopping that is measured.
 *
 * @param margin a disagreement within it does no harm.
 * @returns why the cell cannot be judged, or null; null too where nothing was paused.
 */
export function lengthsDisagree(
  launches: readonly MeasuredLaunch[],
  metric: BlockMetric,
  margin: number,
): string | null {
  const lengths = lengthsOf(launches, metric, changeOver);
  if (!isGap(lengths.map(shortLessLong), { margin, level })) return null;
  const shown = (part: keyof Parts): string =>
    spokenChange(relativeChange(moments(lengths.map((pair) => pair[part])).mean));
  return `pausing distorts ${metrics[metric].label}: ${shown('first')} in short slices, ${shown('second')} in slices of twice the length; ${next}`;
}

const next = 'use engine http, which is not paused';

/** The same where each arm was measured in a run of its own. */
export function lengthsDisagreeBetween(
  runs: ByRole<readonly MeasuredLaunch[]>,
  metric: BlockMetric,
  margin: number,
): string | null {
  const gaps = {
    baseline: lengthsOf(runs.baseline, metric, levelOver).map(shortLessLong),
    candidate: lengthsOf(runs.candidate, metric, levelOver).map(shortLessLong),
  };
  const gap = gapBetween(gaps, { margin, level });
  if (gap === null) return null;
  return `pausing distorts ${metrics[metric].label}: its change is ${spokenChange(relativeChange(gap))} in short slices against those of twice the length; ${next}`;
}

const shortLessLong = ({ first: short, second: long }: Parts): number => short - long;

/** Every other block of a paused launch is of twice the length. */
const lengthsOf = (
  launches: readonly MeasuredLaunch[],
  metric: BlockMetric,
  read: BlockReading,
): Parts[] =>
  partsOf(
    launches.filter(({ opened }) => opened.work.kind === 'time'),
    metric,
    read,
    byTurns,
  );
