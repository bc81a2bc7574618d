import { metrics } from '../model/metrics.ts';
import type { Gate } from '../model/plan.ts';
import type { Comparison, Verdict } from '../model/report.ts';
import { relativeChange } from '../model/units.ts';
import { estimateOf } from './estimate.ts';
import type { Observed } from './observed.ts';

/** p that the metric did not change at all; null with fewer than two launches of an arm. */
export const rawP = (observed: Observed): number | null => estimateOf(observed)?.p ?? null;

/**
 * @param corrected Holm's adjusted p and the number by which alpha is divided for this comparison, so
 * that its interval excludes zero exactly when it is proven; null for a metric that does not gate.
 */
export function judge(
  observed: Observed,
  corrected: { readonly adjusted: number; readonly divisor: number } | null,
  gate: Gate,
): Comparison {
  const { metric, gating } = observed;
  const { unit, better } = metrics[metric];
  const margin = gate.margins[metric];
  const shared = {
    ...{ metric, unit, better, gating, margin },
    baseline: geometricMean(observed.baseline),
    candidate: geometricMean(observed.candidate),
  };
  if (metric === 'errorRate') return { ...shared, ...errorComparison(observed) };
  const found = estimateOf(observed);
  if (found === null) return { ...shared, ...nothing, verdict: 'inconclusive' };
  const { p, perLaunch } = found;
  const alpha = gate.alpha / (corrected?.divisor ?? 1);
  const { mean, low, high, detectable } = found.at(alpha);
  const equivalent = found.equivalenceP(Math.log(1 - margin), Math.log(1 + margin));
  const estimate = relativeChange(mean);
  return {
    ...shared,
    change: {
      estimate,
      low: relativeChange(low),
      high: relativeChange(high),
      level: 1 - alpha,
    },
    p,
    adjustedP: corrected?.adjusted ?? null,
    signFlipP: found.signFlipP(),
    equivalenceP: equivalent,
    detectable: relativeChange(detectable),
    verdict: verdictOf({
      proven: (corrected?.adjusted ?? p) < gate.alpha,
      worse: better === 'lower' ? estimate : -estimate,
      margin,
      // Each equivalence is tested at alpha on its own: "nothing changed" claims all of them at once,
      // and such an intersection-union test needs no correction.
      equivalent: equivalent < gate.alpha,
    }),
    perLaunch: perLaunch.map(relativeChange),
  };
}

const nothing = {
  ...{ change: null, p: null, adjustedP: null, signFlipP: null, equivalenceP: null },
  detectable: null,
  perLaunch: [],
} as const;

/** @param worse the estimated change, positive for the worse, whatever the metric's direction. */
export function verdictOf(facts: {
  readonly proven: boolean;
  readonly worse: number;
  readonly margin: number;
  readonly equivalent: boolean;
}): Verdict {
  const { proven, worse, margin, equivalent } = facts;
  if (proven && worse > 0) return worse > margin ? 'regression' : 'slower';
  if (proven) return -worse > margin ? 'improvement' : 'faster';
  return equivalent ? 'unchanged' : 'inconclusive';
}

/** Errors are counted, not estimated: where only the candidate fails, that is a regression. */
function errorComparison({ baseline, candidate }: Observed) {
  const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const [b, c] = [total(baseline), total(candidate)];
  const verdict: Verdict =
    b === 0 && c === 0
      ? 'unchanged'
      : b === 0
        ? 'regression'
        : c === 0
          ? 'improvement'
          : 'inconclusive';
  return {
    baseline: b / Math.max(1, baseline.length),
    candidate: c / Math.max(1, candidate.length),
    ...nothing,
    verdict,
  };
}

function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0 || values.some((value) => value <= 0)) return null;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
