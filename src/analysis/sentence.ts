import { metrics } from '../model/metrics.ts';
import type { Plan } from '../model/plan.ts';
import type { Comparison, LimitReport, Outcome } from '../model/report.ts';
import { spokenChange } from '../model/units.ts';
import type { JudgedCell } from './judge-matrix.ts';
import { isOfOnePair } from './one-pair.ts';

const of = (cells: readonly JudgedCell[], verdict: string): JudgedCell[] =>
  cells.filter((cell) => cell.verdict === verdict);

const withLimits = (cells: readonly JudgedCell[], state: LimitReport['state']): JudgedCell[] =>
  cells.filter(({ limits }) => limits.some((limit) => limit.state === state));

const badness = ({ change, better }: Comparison): number =>
  change === null ? 0 : better === 'lower' ? change.estimate : -change.estimate;

type Compared = Pick<Plan, 'compare' | 'label' | 'cells'>;

/** What is compared with what, as the sentence begins. */
export function comparedWords({ compare, label, cells }: Compared): string {
  const { baseline, kind } = compare;
  const candidates = compare.candidates.join(', ');
  if (label !== null) return `${label}: ${candidates} against itself`;
  const unpaired = kind === 'unpaired' ? ', unpaired' : '';
  return `${candidates} against ${baseline}${unpaired}${cells.some(isOfOnePair) ? ', of one pair' : ''}`;
}

/** The outcome in one sentence, for the top of every output. */
export function sentenceOf(outcome: Outcome, cells: readonly JudgedCell[], plan: Compared): string {
  const many = countOf(cells);
  const compared = comparedWords(plan);
  const { candidates } = plan.compare;
  const share = (found: readonly JudgedCell[]): string => shareOf(found, cells);
  const broken = withLimits(cells, 'broken');
  switch (outcome) {
    case 'regression': {
      const beside = broken.length === 0 ? '' : `; limits are broken ${share(broken)}`;
      return `${compared}: regression ${share(of(cells, 'regression'))}; ${worstOf(cells)}${beside}.`;
    }
    case 'limit-broken':
      return candidates.length === 1
        ? `${compared}: limits of ${candidates[0]} are broken ${share(broken)}; ${farthestOf(broken)}.`
        : `${compared}: limits are broken ${share(broken)}; ${farthestOf(broken)}.`;
    case 'invalid':
      return `${compared}: ${whyInvalid(cells, many)}.`;
    case 'insensitive':
      return `${compared}: too noisy to tell; this run could not have seen a change of the size that matters ${share(of(cells, 'inconclusive'))}.`;
    case 'pass': {
      const beside = withLimits(cells, 'held').length === 0 ? '' : ', and all limits are held';
      return `${compared}: no regression in ${many} (${summary(cells)})${beside}.`;
    }
  }
}

const countOf = (cells: readonly JudgedCell[]): string =>
  `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;

/** `in 3 of 5 cells`; of several candidates `in 1 of 5 cells of v2 and in 3 of 5 cells of v3`. */
function shareOf(found: readonly JudgedCell[], cells: readonly JudgedCell[]): string {
  const candidates = [...new Set(cells.map(({ findings }) => findings.cell.candidate))];
  const shares = candidates.flatMap((name) => {
    const own = (of: readonly JudgedCell[]) =>
      of.filter(({ findings }) => findings.cell.candidate === name);
    const share = `in ${own(found).length} of ${countOf(own(cells))}`;
    if (candidates.length === 1) return share;
    return own(found).length === 0 ? [] : `${share} of ${name}`;
  });
  return shares.join(' and ');
}

function whyInvalid(cells: readonly JudgedCell[], many: string): string {
  const invalid = of(cells, 'invalid');
  const [first] = invalid;
  const unchecked = withLimits(cells, 'unmeasured');
  const limit = unchecked[0]?.limits.find(({ state }) => state === 'unmeasured');
  if (first === undefined && limit !== undefined)
    return `limits could not be checked in ${unchecked.length} of ${many}; ${metrics[limit.metric].label} is not measured in ${unchecked[0]?.findings.cell.id}`;
  const why = first?.findings.invalid?.split('\n')[0] ?? 'nothing was measured';
  return `${invalid.length} of ${many} could not be judged; ${first?.findings.cell.id ?? 'run'}: ${why}`;
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

/** By how many times, whatever the direction: a rate of half its limit is as far as a time of twice it. */
const distance = ({ observed, limit }: LimitReport): number =>
  observed === null ? 0 : Math.abs(Math.log(observed / limit));

function farthestOf(broken: readonly JudgedCell[]): string {
  const found = broken
    .flatMap(({ findings, limits }) => limits.map((limit) => ({ id: findings.cell.id, limit })))
    .filter(({ limit }) => limit.state === 'broken')
    .sort((a, b) => distance(b.limit) - distance(a.limit))[0];
  if (found === undefined) return 'see the cells';
  const { metric, limit, observed } = found.limit;
  const label = metrics[metric].label;
  return observed === null || limit === 0
    ? `${label} at ${found.id}, of which none are allowed`
    : `farthest is ${label} at ${found.id}, ${spokenChange(observed / limit - 1)} against its limit`;
}

function summary(cells: readonly JudgedCell[]): string {
  return (['slower', 'unchanged', 'faster', 'improvement', 'inconclusive'] as const)
    .map((verdict) => ({ verdict, count: of(cells, verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(', ');
}
