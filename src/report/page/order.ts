import type { CellReport, Report, Verdict } from '../../model/report.ts';
import { gatingOf, verdictIn } from '../change.ts';

/** What a reader looks at first. */
const byWeight: readonly Verdict[] = [
  'regression',
  'invalid',
  'slower',
  'inconclusive',
  'unchanged',
  'faster',
  'improvement',
];

/** Positions of the report's cells, those that ask for attention first: broken limits, verdict, and then how much worse. */
export function worstFirst({ cells }: Report): readonly number[] {
  const keys = cells.map((cell): readonly number[] => [
    cell.limits.some(({ state }) => state === 'broken') ? 0 : 1,
    byWeight.indexOf(cell.verdict),
    -worstChange(cell),
  ]);
  return cells
    .map((_, i) => i)
    .sort((a, b) => {
      const [left = [], right = []] = [keys[a], keys[b]];
      const at = left.findIndex((key, k) => key !== right[k]);
      return at === -1 ? a - b : (left[at] ?? 0) - (right[at] ?? 0);
    });
}

/** Whether somebody has to look at it. */
export const asksForAttention = ({ verdict, limits }: CellReport): boolean =>
  byWeight.indexOf(verdict) < byWeight.indexOf('unchanged') ||
  limits.some(({ state }) => state !== 'held');

/** In logarithms, so that half and double are equally far. Of the metrics that led to the verdict, where some did. */
function worstChange(cell: CellReport): number {
  const gating = gatingOf(cell);
  const deciding = gating.filter((comparison) => verdictIn(cell, comparison) === cell.verdict);
  const sizes = (deciding.length === 0 ? gating : deciding).flatMap(({ change, better }) =>
    change === null ? [] : [Math.log1p(change.estimate) * (better === 'lower' ? 1 : -1)],
  );
  return sizes.length === 0 ? 0 : Math.max(...sizes);
}
