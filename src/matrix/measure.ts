import type { Cell, Measure } from '../model/plan.ts';
import { count } from '../model/units.ts';
import { fitBudget, leastBudgetMs } from './budget.ts';
import type { MatrixFile } from './file-schema.ts';
import { find, type Located } from './located.ts';
import { failureAt, type Place } from './place.ts';
import { shownDuration } from './quantities.ts';

/** What a run may take where nobody says; a matrix that needs more for its fewest launches takes more. */
const usualBudgetMs = 180_000;

interface MeasureOptions {
  readonly launches: number | null;
  readonly budgetMs: number | null;
}

/**
 * When a cell is judged, and how long the slices are. What the command line says of launches and budget
 * replaces what the file says of them. A number of launches is kept, and is the only look; a budget beside
 * it then decides how long the slices are.
 * @throws BenchFailure `configuration` with the least budget that would do.
 */
export function measureOf(
  said: MatrixFile['measure'],
  options: MeasureOptions,
  cells: readonly Cell[],
  root: Located,
): Measure {
  const { sliceTime: sliceTimeMs, warmup: warmupMs } = said;
  const byOption = options.launches !== null || options.budgetMs !== null;
  const launches = byOption ? options.launches : (said.launches ?? null);
  const looks = launches === null ? (said.looks ?? null) : ([launches] as const);
  const budgetMs = byOption ? options.budgetMs : (said.budget ?? null);
  if (looks !== null && budgetMs === null) return { looks, budgetMs, sliceTimeMs, warmupMs };

  const wanted = { cells, sliceTimeMs, warmupMs, looks };
  const leastMs = leastBudgetMs(wanted);
  const spread = { ...wanted, budgetMs: budgetMs ?? Math.max(usualBudgetMs, leastMs) };
  const fitted = fitBudget({ ...spread, spendAll: options.budgetMs !== null });
  if (fitted !== null) return fitted;
  const place: Place = byOption
    ? { kind: 'option', option: '--budget' }
    : (find(root, ['measure', 'budget']) ?? root).place;
  throw failureAt(
    place,
    `${shownDuration(spread.budgetMs)} is too short for ${count(cells.length, 'cell')}. Use ${shownDuration(leastMs)} or more, or choose fewer cells with --only.`,
  );
}
