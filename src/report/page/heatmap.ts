import { metrics } from '../../model/metrics.ts';
import type { CellReport, Report, Verdict } from '../../model/report.ts';
import { changeWords, detectableWords, gatingOf, primaryOf, verdictIn } from '../change.ts';
import { limitNote } from '../limit-words.ts';
import { visible } from '../visible.ts';
import { anchorOf } from './anchors.ts';

/** The matrix as a table: the last axis spans the columns, the others nest as rows. */
export interface Heatmap {
  /** Names of the axes that span the rows; empty with no axis at all. */
  readonly rowAxes: readonly string[];
  readonly columnAxis: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly headers: readonly {
      readonly name: string;
      readonly span: number;
      readonly isLast: boolean;
    }[];
    readonly squares: readonly (Square | null)[];
  }[];
}

interface Square {
  readonly anchor: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** From 1 to 3, how large the change is; 0 where none was proven. */
  readonly heat: number;
  readonly metric: string;
  readonly estimate: string;
  readonly interval: string;
  /** What else a reader must know before leaving the square; null where the change says it all. */
  readonly note: string | null;
}

export function heatmap(report: Report): Heatmap {
  const axes = report.axes;
  const columnAxis = axes.length > 1 ? (axes.at(-1) ?? null) : null;
  const rowAxes = columnAxis === null ? axes : axes.slice(0, -1);
  const bySpot = new Map(
    report.cells.map((cell, i) => [
      spot(axes.map(({ name }) => cell.variants[name])),
      square(cell, i),
    ]),
  );
  const columns = columnAxis?.variants ?? [null];
  const paths = rowAxes
    .reduce<readonly (readonly string[])[]>(
      (some, { variants }) => some.flatMap((path) => variants.map((variant) => [...path, variant])),
      [[]],
    )
    .map((path) => ({
      path,
      squares: columns.map(
        (name) => bySpot.get(spot(name === null ? path : [...path, name])) ?? null,
      ),
    }))
    .filter(({ squares }) => squares.some((found) => found !== null));
  return {
    rowAxes: rowAxes.map(({ name }) => visible(name)),
    columnAxis: columnAxis && visible(columnAxis.name),
    columns: (columnAxis?.variants ?? []).map(visible),
    rows: paths.map(({ path, squares }, i) => ({ headers: headers(paths, path, i), squares })),
  };
}

const spot = (variants: readonly (string | undefined)[]): string => JSON.stringify(variants);

/** A header spans the rows below that share it and all headers before it. */
function headers(
  paths: readonly { path: readonly string[] }[],
  path: readonly string[],
  row: number,
) {
  return path.flatMap((name, depth) => {
    const shares = (other: readonly string[] | undefined) =>
      other !== undefined && spot(other.slice(0, depth + 1)) === spot(path.slice(0, depth + 1));
    if (shares(paths[row - 1]?.path)) return [];
    const after = paths.slice(row).findIndex((other) => !shares(other.path));
    const span = after === -1 ? paths.length - row : after;
    return [{ name: visible(name), span, isLast: depth === path.length - 1 }];
  });
}

function square(cell: CellReport, index: number): Square {
  const primary = primaryOf(cell);
  const words = primary === null ? { estimate: '–', interval: '' } : changeWords(cell, primary);
  return {
    anchor: anchorOf(index),
    name: visible(cell.id),
    verdict: cell.verdict,
    heat: heatOf(cell),
    metric: metrics[cell.primary].label,
    ...words,
    note: noteOf(cell),
  };
}

/** Steps of the factor between the arms, so that half and double are equally hot. */
const steps = [1.1, 1.5];

function heatOf(cell: CellReport): number {
  const change = primaryOf(cell)?.change ?? null;
  const isProven = cell.verdict === 'regression' || cell.verdict === 'improvement';
  if (change === null || !isProven) return 0;
  const factor = Math.exp(Math.abs(Math.log1p(change.estimate)));
  return 1 + steps.filter((step) => factor >= step).length;
}

/** What the change of the primary metric does not say. */
export const noteOf = (cell: CellReport): string | null =>
  [note(cell), limitNote(cell)].filter((text) => text !== null).join('; ') || null;

function note(cell: CellReport): string | null {
  if (cell.verdict === 'invalid') return 'not compared';
  const primary = primaryOf(cell);
  if (primary === null) return null;
  const own = verdictIn(cell, primary);
  if (own !== cell.verdict) {
    const deciding = gatingOf(cell).filter((other) => verdictIn(cell, other) === cell.verdict);
    const names = deciding.map(({ metric }) => metrics[metric].label).join(', ');
    return names === '' ? null : `by ${names}`;
  }
  const seen = own === 'inconclusive' ? detectableWords(cell, primary) : null;
  return seen === null ? null : `would have seen ${seen}`;
}
