import type { Measure, Plan } from '../model/plan.ts';

/** Processes of both arms up, connected and calibrated, before the warm-up begins. */
const startUpMs = 400;
/** What warming up takes as a rule; its cap is for the cells that do not come to rest. */
const usualWarmupMs = 1_000;
const besideMs = (warmupMs: number): number => startUpMs + Math.min(warmupMs, usualWarmupMs);

/** Shorter slices do not hold enough work for an estimate; longer ones buy less than another launch. */
const sliceTimeMs = { least: 400, most: 10_000 };

/** Student t over fewer launches than 4 has tails that hide even large effects. */
const fewestLaunches = 4;
/** Where nobody says how many launches: cells that are decided early leave their time to the others. */
const usualLooks: Measure['looks'] = [6, 8, 10, 12, 16];

const costMs = (launches: number, measure: Omit<Measure, 'looks' | 'budgetMs'>): number =>
  launches * (measure.sliceTimeMs + besideMs(measure.warmupMs));

/** Launches of all cells together, and the wall time that they take in ms, at least and at most. */
export function plannedCost({ cells, measure }: Pick<Plan, 'cells' | 'measure'>) {
  const launches = {
    least: cells.length * Math.min(...measure.looks),
    most: cells.length * Math.max(...measure.looks),
  };
  const ms = { least: costMs(launches.least, measure), most: costMs(launches.most, measure) };
  return { launches, ms: { ...ms, most: Math.min(ms.most, measure.budgetMs ?? ms.most) } };
}

/** What is to be fitted in. */
interface Wanted {
  readonly cells: number;
  /** Slices are this long unless the budget forces them to be shorter. */
  readonly sliceTimeMs: number;
  readonly warmupMs: number;
  /** Looks that must be kept, or null. */
  readonly looks: Measure['looks'] | null;
}

interface Spread extends Wanted {
  readonly budgetMs: number;
  /** Whether what is left over may go into longer slices: it may where the user named the budget. */
  readonly spendAll: boolean;
}

/**
 * Fits a run into a budget, so that at least the first look can be taken: shorter slices where there is
 * little room, then fewer launches than six.
 * @returns null where even the least does not fit.
 */
export function fitBudget(spread: Spread): Measure | null {
  const { cells, budgetMs, warmupMs, spendAll } = spread;
  const room = (launches: number): number =>
    Math.floor(budgetMs / (launches * cells) - besideMs(warmupMs));
  const looks = spread.looks ?? usualLooks;
  const roomForAll = room(Math.max(...looks));
  if (spendAll && roomForAll > spread.sliceTimeMs) {
    return { looks, budgetMs, warmupMs, sliceTimeMs: Math.min(roomForAll, sliceTimeMs.most) };
  }
  const sliceTime = Math.min(spread.sliceTimeMs, room(looks[0]));
  if (sliceTime >= sliceTimeMs.least) return { looks, budgetMs, warmupMs, sliceTimeMs: sliceTime };
  if (spread.looks !== null) return null;
  for (let launches = looks[0] - 1; launches >= fewestLaunches; launches -= 1) {
    if (room(launches) < sliceTimeMs.least) continue;
    return { looks: [launches], budgetMs, warmupMs, sliceTimeMs: room(launches) };
  }
  return null;
}

/**
 * One look, at the end, after as many launches as the looks and the budget have room for: a variant against itself
 * would be proven unchanged early, with few launches that others are then to be judged by.
 */
export function fixedLaunches(measure: Measure, cells: number): Measure {
  const { looks, budgetMs } = measure;
  const most = Math.max(...looks);
  const room = budgetMs === null ? most : Math.floor(budgetMs / (cells * costMs(1, measure)));
  return { ...measure, looks: [Math.min(most, Math.max(looks[0], room))], budgetMs: null };
}

/** The least that `fitBudget` accepts, in ms. */
export const leastBudgetMs = ({ cells, warmupMs, looks }: Wanted): number =>
  costMs(cells * (looks === null ? fewestLaunches : looks[0]), {
    sliceTimeMs: sliceTimeMs.least,
    warmupMs,
  });
