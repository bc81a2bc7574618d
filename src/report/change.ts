import type { CellReport, Comparison, Verdict } from '../model/report.ts';
import { formatChange, formatShare, noNumber } from './number.ts';

/** What may be said of a change, given its verdict. Every output takes its words from here. */
export interface ChangeWords {
  /** A percentage only where the verdict stands on it; `~` for undecided; `–` for nothing to compare. */
  readonly estimate: string;
  /** Without brackets; empty where there is no estimate. */
  readonly interval: string;
}

/** An invalid cell compares nothing, whatever its metrics say. */
export const verdictIn = (cell: CellReport, comparison: Comparison): Verdict =>
  cell.verdict === 'invalid' ? 'invalid' : comparison.verdict;

export function changeWords(cell: CellReport, comparison: Comparison): ChangeWords {
  const verdict = verdictIn(cell, comparison);
  if (verdict === 'invalid' || comparison.change === null)
    return { estimate: noNumber, interval: '' };
  if (verdict === 'inconclusive') return { estimate: '~', interval: '' };
  return formatChange(comparison.change);
}

/** The smallest change that would have been seen; null where nothing was compared. */
export const detectableWords = (cell: CellReport, comparison: Comparison): string | null =>
  verdictIn(cell, comparison) === 'invalid' || comparison.detectable === null
    ? null
    : formatShare(comparison.detectable);

export const primaryOf = (cell: CellReport): Comparison | null =>
  cell.metrics.find(({ metric }) => metric === cell.primary) ?? null;

export const gatingOf = (cell: CellReport): readonly Comparison[] =>
  cell.metrics.filter(({ gating }) => gating);
