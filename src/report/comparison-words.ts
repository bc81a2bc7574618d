import { metrics } from '../model/metrics.ts';
import type { CellReport, Comparison, Verdict } from '../model/report.ts';
import { changeWords, detectableWords, gatingOf, verdictIn } from './change.ts';
import { formatScaled, scaleFor } from './number.ts';

/** A comparison as every table shows it: one prefix of the unit for both arms. */
export interface ComparisonWords {
  readonly metric: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly estimate: string;
  /** Without brackets; empty where there is none. */
  readonly interval: string;
  readonly verdict: Verdict;
}

export function comparisonWords(cell: CellReport, comparison: Comparison): ComparisonWords {
  const { metric, unit, baseline, candidate } = comparison;
  const scale = scaleFor(unit, [baseline, candidate]);
  return {
    metric: metrics[metric].label,
    baseline: formatScaled(baseline, scale),
    candidate: formatScaled(candidate, scale),
    ...changeWords(cell, comparison),
    verdict: verdictIn(cell, comparison),
  };
}

/** `8.39 ms → 9.18 ms, +9.4 % (+8.1 … +10.7)` */
export function spokenComparison(cell: CellReport, comparison: Comparison): string {
  const { baseline, candidate, estimate, interval } = comparisonWords(cell, comparison);
  return `${baseline} → ${candidate}, ${estimate}${interval && ` (${interval})`}`;
}

/** `would have seen a change of 8.7 %` */
export function couldHaveSeen(cell: CellReport, comparison: Comparison): string {
  const seen = detectableWords(cell, comparison);
  return seen === null ? 'too few launches to judge' : `would have seen a change of ${seen}`;
}

/** The comparisons of a cell that could not be decided. A value without another to compare it with is not undecided. */
export const undecidedIn = (cell: CellReport): readonly Comparison[] =>
  gatingOf(cell)
    .filter((comparison) => verdictIn(cell, comparison) === 'inconclusive')
    .filter(({ baseline, candidate }) => baseline !== null || candidate === null);
