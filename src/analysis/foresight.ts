import type { HeaderRow, JournalRow } from '../model/journal.ts';
import type { MetricName } from '../model/metrics.ts';
import { type Cell, combinationOf, type Plan } from '../model/plan.ts';
import { relativeChange } from '../model/units.ts';
import { detectableShift, launchesFor } from '../stats/detectable.ts';
import { moments } from '../stats/moments.ts';
import { findingsOf } from './cell.ts';

/** What the noise of an earlier run says of a planned one, for a metric that gates in a cell. */
export interface Foresight {
  readonly cell: string;
  readonly metric: MetricName;
  /** The change that would be seen with 80 % power if the cell got the launches that the budget has room for. */
  readonly detectable: number;
  /** What it takes to see a change of the size of the margin; null where 10 000 launches would not do. */
  readonly margin: { readonly size: number; readonly launches: number; readonly ms: number } | null;
}

/**
 * Levels are those of the whole family, as if nothing else were proven: the promise is kept or bettered.
 * @param rows of a run with the same slices and warm-up on the same machine.
 */
export function foresee(plan: Plan, header: HeaderRow, rows: readonly JournalRow[]): Foresight[] {
  const ms = msPerLaunch(rows);
  if (ms === null) return [];
  const { budgetMs, looks } = plan.measure;
  const room = budgetMs === null ? Number.POSITIVE_INFINITY : budgetMs / plan.cells.length / ms;
  const most = Math.max(looks[0], Math.min(Math.max(...looks), Math.floor(room)));
  const gating = plan.cells.flatMap((cell) => {
    const earlier = likeliest(cell, plan, header.plan);
    return earlier === undefined
      ? []
      : findingsOf(earlier, header.plan, rows)
          .observed.filter((observed) => observed.gating && observed.ratios.length > 1)
          .map((observed) => ({ cell: cell.id, observed }));
  });
  const alpha = plan.gate.alpha / Math.max(1, gating.length);
  return gating.map(({ cell, observed: { metric, ratios } }) => {
    const { sd } = moments(ratios);
    const size = plan.gate.margins[metric];
    const launches = size > 0 ? launchesFor({ sd, shift: Math.log1p(size), alpha }) : null;
    return {
      ...{ cell, metric },
      detectable: relativeChange(detectableShift({ sd, n: most, alpha })),
      margin: launches === null ? null : { size, launches, ms: launches * ms },
    };
  });
}

/** The same cell of an earlier run, or the same combination with another candidate: its launches scatter alike. */
function likeliest(cell: Cell, plan: Plan, earlier: Plan): Cell | undefined {
  const combination = combinationOf(cell, plan.compare);
  const alike = earlier.cells.filter((of) => combinationOf(of, earlier.compare) === combination);
  return alike.find(({ candidate }) => candidate === cell.candidate) ?? alike[0];
}

/** Start-up, warm-up, slices and all, and launches that failed, for each that counted. Null before the first. */
export function msPerLaunch(rows: readonly JournalRow[]): number | null {
  const ends = rows.flatMap((row) => (row.kind === 'finish' ? [row.endedMs] : []));
  const last = ends.at(-1);
  return last === undefined ? null : last / ends.length;
}
