import { metrics } from '../model/metrics.ts';
import type { Comparison, Outcome } from '../model/report.ts';
import { spokenChange } from '../model/units.ts';
import type { JudgedCell } from './judge-matrix.ts';

const of = (cells: readonly JudgedCell[], verdict: string): JudgedCell[] =>
  cells.filter((cell) => cell.verdict === verdict);

const badness = ({ change, better }: Comparison): number =>
  change === null ? 0 : better === 'lower' ? change.estimate : -change.estimate;

/** The outcome in one sentence, for the top of every output. */
export function sentenceOf(
  outcome: Outcome,
  cells: readonly JudgedCell[],
  names: { readonly baseline: string; readonly candidate: string },
): string {
  const { baseline, candidate } = names;
  const many = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;
  const compared = `${candidate} against ${baseline}`;
  switch (outcome) {
    case 'regression':
      return `${compared}: regression in ${of(cells, 'regression').length} of ${many}; ${worstOf(cells)}.`;
    case 'invalid': {
      const first = of(cells, 'invalid')[0];
      const why = first?.findings.invalid?.split('\n')[0] ?? 'nothing was measured';
      return `${compared}: ${of(cells, 'invalid').length} of ${many} could not be judged; ${first?.findings.cell.id ?? 'run'}: ${why}.`;
    }
    case 'insensitive':
      return `${compared}: too noisy to tell; this run could not have seen a change of the size that matters in ${of(cells, 'inconclusive').length} of ${many}.`;
    case 'pass':
      return `${compared}: no regression in ${many} (${summary(cells)}).`;
  }
}

function worstOf(cells: readonly JudgedCell[]): string {
  const found = cells
    .flatMap(({ findings, metrics }) =>
      metrics.map((comparison) => ({ id: findings.cell.id, comparison })),
    )
    .filter(({ comparison }) => comparison.gating && comparison.verdict === 'regression')
    .sort((a, b) => badness(b.comparison) - badness(a.comparison))[0];
  if (found === undefined) return 'see the cells';
  const { comparison, id } = found;
  const label = metrics[comparison.metric].label;
  return comparison.change === null
    ? `${label} in ${id}: only the candidate fails requests`
    : `worst is ${label} at ${id}, ${spokenChange(comparison.change.estimate)}`;
}

function summary(cells: readonly JudgedCell[]): string {
  return (['slower', 'unchanged', 'faster', 'improvement', 'inconclusive'] as const)
    .map((verdict) => ({ verdict, count: of(cells, verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(', ');
}
