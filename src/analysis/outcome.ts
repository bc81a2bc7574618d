import type { Gate, Plan } from '../model/plan.ts';
import type { Comparison, Outcome } from '../model/report.ts';
import type { JudgedCell } from './judge-matrix.ts';

type Verdicts = Pick<JudgedCell, 'verdict' | 'metrics' | 'limits'>;

export interface Decision {
  readonly outcome: Outcome;
  readonly exitCode: number;
}

/** Could not have seen a change of this size, and has not decided: the comparison says nothing. */
export const insensitive = (comparison: Comparison, sensitivity: number): boolean =>
  comparison.gating &&
  comparison.verdict === 'inconclusive' &&
  (comparison.detectable === null || comparison.detectable > sensitivity);

/**
 * What is bad first, then what nobody could measure, then the rest. A run that is kept under a label compares nothing:
 * it fails only where there is nothing to keep.
 */
export function decide(
  cells: readonly Verdicts[],
  { gate, label }: Pick<Plan, 'gate' | 'label'>,
): Decision {
  const gating = cells.flatMap(({ metrics }) => metrics.filter((metric) => metric.gating));
  const outcome = outcomeOf(cells, gating, gate);
  if (label !== null) {
    const isKept = cells.every(({ verdict }) => verdict !== 'invalid');
    return { outcome, exitCode: isKept ? 0 : 3 };
  }
  return { outcome, exitCode: exitCode(outcome, gating, gate) };
}

function outcomeOf(cells: readonly Verdicts[], gating: readonly Comparison[], gate: Gate): Outcome {
  if (gating.some(({ verdict }) => verdict === 'regression')) return 'regression';
  const limits = cells.flatMap((cell) => cell.limits);
  if (limits.some(({ state }) => state === 'broken')) return 'limit-broken';
  if (cells.length === 0 || cells.some(({ verdict }) => verdict === 'invalid')) return 'invalid';
  if (limits.some(({ state }) => state === 'unmeasured')) return 'invalid';
  return gating.some((comparison) => insensitive(comparison, gate.sensitivity))
    ? 'insensitive'
    : 'pass';
}

function exitCode(outcome: Outcome, gating: readonly Comparison[], gate: Gate): number {
  if (gate.failOn === 'never') return 0;
  if (outcome === 'regression' || outcome === 'limit-broken') return 1;
  if (outcome !== 'pass') return 3;
  const has = (verdict: Comparison['verdict']): boolean =>
    gating.some((c) => c.verdict === verdict);
  if (gate.strict && has('slower')) return 1;
  return gate.failOn === 'inconclusive' && has('inconclusive') ? 1 : 0;
}
