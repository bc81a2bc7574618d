import type { Measure, Plan } from '../model/plan.ts';

/** Processes of both arms up, connected and calibrated, before the warm-up begins. */
const startUpMs = 600;

/** Shorter slices do not hold enough work for an estimate; longer ones buy less than another launch. */
const sliceTimeMs = { least: 400, most: 10_000 };

/**
 * `fewest`: Student t over fewer has tails that hide even large effects. Between `usual` and `most` a
 * launch buys more than longer slices do.
 */
const launchRange = { fewest: 4, usual: 8, most: 16 };

const costMs = (cells: number, measure: Measure): number =>
  measure.launches * cells * (measure.sliceTimeMs + measure.warmupMs + startUpMs);

/** Wall time of the whole run in ms, as far as it can be planned. */
export const plannedMs = (plan: Pick<Plan, 'cells' | 'measure'>): number =>
  costMs(plan.cells.length, plan.measure);

/** What is to be fitted in. */
interface Wanted {
  readonly cells: number;
  /** Slices are this long unless the budget forces them to be shorter. */
  readonly sliceTimeMs: number;
  readonly warmupMs: number;
  /** A number that must be kept, or null. */
  readonly launches: number | null;
}

interface Spread extends Wanted {
  readonly budgetMs: number;
  /** Whether what is left over may go into longer slices: it may where the user named the budget. */
  readonly spendAll: boolean;
}

/**
 * Fits a run into a budget: more launches where there is room, up to 16; where there is little, first
 * shorter slices and then fewer launches than 8.
 * @returns null where even the least does not fit.
 */
export function fitBudget(spread: Spread): Measure | null {
  const { cells, budgetMs, warmupMs } = spread;
  const { fewest, usual, most } = rangeOf(spread.launches);
  const room = (launches: number): number =>
    Math.floor(budgetMs / (launches * cells) - warmupMs - startUpMs);
  for (let launches = most; launches > usual; launches -= 1) {
    if (room(launches) < spread.sliceTimeMs) continue;
    return { launches, sliceTimeMs: sliceTime(spread, room(launches)), warmupMs };
  }
  for (let launches = usual; launches >= fewest; launches -= 1) {
    if (room(launches) < sliceTimeMs.least) continue;
    return { launches, sliceTimeMs: sliceTime(spread, room(launches)), warmupMs };
  }
  return null;
}

/** The least that `fitBudget` accepts, in ms. */
export const leastBudgetMs = ({ cells, warmupMs, launches }: Wanted): number =>
  costMs(cells, {
    launches: rangeOf(launches).fewest,
    sliceTimeMs: sliceTimeMs.least,
    warmupMs,
  });

const rangeOf = (launches: number | null): typeof launchRange =>
  launches === null ? launchRange : { fewest: launches, usual: launches, most: launches };

const sliceTime = (spread: Spread, roomMs: number): number =>
  Math.min(roomMs, spread.spendAll ? sliceTimeMs.most : spread.sliceTimeMs);
