import { type Cell, type Measure, type Plan, roles } from '../model/plan.ts';
import { perConnectionOf } from '../model/settings.ts';

/** Processes of both arms up, connected and calibrated, before the warm-up begins. */
const startUpMs = 400;
/** What warming up takes as a rule, of cells that keep their connections and of those that open new ones; its cap is for those that do not come to rest. */
const usualWarmupMs = { kept: 1_000, opened: 3_600 };

/** A launch of each cell, without its slices. */
const besideMs = (cells: readonly Cell[], warmupMs: number): number =>
  cells.reduce((sum, { arms }) => {
    const isKept = roles.every((role) => perConnectionOf(arms[role].connection.reuse) === null);
    return sum + startUpMs + Math.min(warmupMs, usualWarmupMs[isKept ? 'kept' : 'opened']);
  }, 0);

/** Shorter slices do not hold enough work for an estimate; longer ones buy less than another launch. */
const sliceTimeMs = { least: 400, most: 10_000 };

/** Student t over fewer launches than 4 has tails that hide even large effects. */
const fewestLaunches = 4;
/** Where nobody says how many launches: cells that are decided early leave their time to the others. */
const usualLooks: Measure['looks'] = [6, 8, 10, 12, 16];

type LaunchMeasure = Pick<Measure, 'sliceTimeMs' | 'warmupMs'>;

/** So many launches of each cell. */
const costMs = (
  launches: number,
  cells: readonly Cell[],
  { sliceTimeMs: slices, warmupMs }: LaunchMeasure,
): number => launches * (cells.length * slices + besideMs(cells, warmupMs));

/** Launches of all cells together, and the wall time that they take in ms, at least and at most. */
export function plannedCost({ cells, measure }: Pick<Plan, 'cells' | 'measure'>) {
  const each = { least: Math.min(...measure.looks), most: Math.max(...measure.looks) };
  const launches = { least: cells.length * each.least, most: cells.length * each.most };
  const ms = {
    least: costMs(each.least, cells, measure),
    most: costMs(each.most, cells, measure),
  };
  return { launches, ms: { ...ms, most: Math.min(ms.most, measure.budgetMs ?? ms.most) } };
}

/** What is to be fitted in. */
interface Wanted {
  readonly cells: readonly Cell[];
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
    Math.floor((budgetMs / launches - besideMs(cells, warmupMs)) / cells.length);
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
export function fixedLaunches(measure: Measure, cells: readonly Cell[]): Measure {
  const { looks, budgetMs } = measure;
  const most = Math.max(...looks);
  const room = budgetMs === null ? most : Math.floor(budgetMs / costMs(1, cells, measure));
  return { ...measure, looks: [Math.min(most, Math.max(looks[0], room))], budgetMs: null };
}

/** The least that `fitBudget` accepts, in ms. */
export const leastBudgetMs = ({ cells, warmupMs, looks }: Wanted): number =>
  costMs(looks === null ? fewestLaunches : looks[0], cells, {
    sliceTimeMs: sliceTimeMs.least,
    warmupMs,
  });
