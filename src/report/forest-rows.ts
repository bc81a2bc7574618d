import { type MetricName, metrics } from '../model/metrics.ts';
import type { CellReport, Comparison, Report, Verdict } from '../model/report.ts';
import { type ChangeWords, changeWords, gatingOf, verdictIn } from './change.ts';

/** A gating comparison, turned so that more is worse whatever the metric's direction. */
export interface ForestRow {
  readonly metric: MetricName;
  readonly label: string;
  readonly words: ChangeWords;
  readonly verdict: Verdict;
  readonly margin: number;
  /** Null where nothing was compared. */
  readonly worse: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  readonly launches: readonly number[];
}

export interface ForestGroup {
  readonly cell: string;
  readonly rows: readonly ForestRow[];
}

export const forestGroups = (report: Report): readonly ForestGroup[] =>
  report.cells.map((cell) => ({
    cell: cell.id,
    rows: gatingOf(cell).map((comparison) => forestRow(cell, comparison)),
  }));

function forestRow(cell: CellReport, comparison: Comparison): ForestRow {
  const { metric, change, margin, perLaunch, better } = comparison;
  const verdict = verdictIn(cell, comparison);
  const worse = (x: number) => (better === 'lower' ? x : -x);
  const compared = verdict === 'invalid' ? null : change;
  const ends = compared === null ? [] : [worse(compared.low), worse(compared.high)];
  return {
    metric,
    label: metrics[metric].label,
    words: changeWords(cell, comparison),
    verdict,
    margin,
    worse: compared && {
      estimate: worse(compared.estimate),
      low: Math.min(...ends),
      high: Math.max(...ends),
    },
    launches: compared === null ? [] : perLaunch.map(worse),
  };
}

/** Every value that has to find a place on the axis. */
export const forestValues = (groups: readonly ForestGroup[]): readonly number[] =>
  groups
    .flatMap(({ rows }) => rows)
    .flatMap(({ worse, margin, launches }) => [
      -margin,
      margin,
      ...launches,
      ...(worse === null ? [] : [worse.low, worse.high]),
    ]);
