import type { Measure, Plan } from '../model/plan.ts';
import { failureAt } from './place.ts';
import { shownDuration } from './quantities.ts';

/** Processes of both arms up, connected and calibrated, before the warm-up begins. */
const startUpMs = 600;

/** Shorter slices do not hold enough work for an estimate; longer ones buy less than another launch. */
const sliceTimeMs = { least: 400, most: 10_000 };

/** Student t over fewer launches has tails that hide even large effects. */
const fewestLaunches = 4;

const costMs = (cells: number, measure: Measure): number =>
  measure.launches * cells * (measure.sliceTimeMs + measure.warmupMs + startUpMs);

/** Wall time of the whole run in ms, as far as it can be planned. */
export const plannedMs = (plan: Pick<Plan, 'cells' | 'measure'>): number =>
  costMs(plan.cells.length, plan.measure);

/**
 * Fits a run into a budget: first by the time in slices, then by fewer launches.
 * @param fixedLaunches whether the user asked for just this number.
 * @throws BenchFailure `configuration` with the least budget that would do.
 */
export const fitBudget = (
  measure: Measure,
  cells: number,
  budgetMs: number,
  fixedLaunches: boolean,
): Measure => {
  const fewest = fixedLaunches ? measure.launches : Math.min(fewestLaunches, measure.launches);
  for (let launches = measure.launches; launches >= fewest; launches -= 1) {
    const room = Math.floor(budgetMs / (launches * cells) - measure.warmupMs - startUpMs);
    if (room >= sliceTimeMs.least)
      return { ...measure, launches, sliceTimeMs: Math.min(room, sliceTimeMs.most) };
  }
  const least = costMs(cells, { ...measure, launches: fewest, sliceTimeMs: sliceTimeMs.least });
  throw failureAt(
    { kind: 'option', option: '--budget' },
    `${shownDuration(budgetMs)} is too short for ${fewest} launches of ${cells === 1 ? '1 cell' : `${cells} cells`}. Use ${shownDuration(least)} or more, or choose fewer cells with --only.`,
  );
};
