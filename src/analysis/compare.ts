import { type MetricName, metrics } from '../model/metrics.ts';
import type { Gate } from '../model/plan.ts';
import type { Comparison, Verdict } from '../model/report.ts';
import { relativeChange } from '../model/units.ts';
import { detectableShift } from '../stats/detectable.ts';
import { equivalenceP } from '../stats/equivalence.ts';
import { meanInterval, oneSampleT } from '../stats/interval.ts';
import { randomFrom } from '../stats/random.ts';
import { type Looks, sequentialTest } from '../stats/sequential.ts';
import { signFlipP } from '../stats/signflip.ts';

/** One metric of one cell over its launches, not yet judged: the family decides about levels first. */
export interface Observed {
  readonly metric: MetricName;
  readonly gating: boolean;
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  /** ln(candidate ÷ baseline) of each launch; empty where a ratio has no meaning. */
  readonly ratios: readonly number[];
  readonly looks: Looks;
}

/** p that the metric did not change at all, over all looks; null with fewer than two launches. */
export const rawP = (observed: Observed): number | null =>
  observed.ratios.length < 2
    ? null
    : sequentialTest(observed.looks).repeatedP(perLook(observed, (ratios) => oneSampleT(ratios).p));

/** A p at each look, from the launches that there were. */
const perLook = (
  { looks, ratios }: Observed,
  pOf: (ratios: readonly number[]) => number,
): number[] =>
  looks.launches.map((n) => (Math.min(n, ratios.length) < 2 ? 1 : pOf(ratios.slice(0, n))));

/** The same for a one-sided test: all looks together may err with half of what two sides may. */
function repeatedEquivalenceP(observed: Observed, low: number, high: number): number {
  const ps = perLook(observed, (ratios) => equivalenceP(ratios, low, high));
  const smallest = Math.min(...ps);
  // Doubled it is no p any more; so far from a proof the looks change nothing.
  if (smallest >= 0.5) return smallest;
  return sequentialTest(observed.looks).repeatedP(ps.map((p) => Math.min(1, 2 * p))) / 2;
}

/**
 * @param corrected Holm's adjusted p and the number by which alpha is divided for this comparison, so
 * that its interval excludes zero exactly when it is proven; null for a metric that does not gate.
 */
export function judge(
  observed: Observed,
  corrected: { readonly adjusted: number; readonly divisor: number } | null,
  gate: Gate,
): Comparison {
  const { metric, gating, ratios } = observed;
  const { unit, better } = metrics[metric];
  const margin = gate.margins[metric];
  const shared = {
    ...{ metric, unit, better, gating, margin },
    baseline: geometricMean(observed.baseline),
    candidate: geometricMean(observed.candidate),
    perLaunch: ratios.map(relativeChange),
  };
  if (metric === 'errorRate') return { ...shared, ...errorComparison(observed) };
  const p = rawP(observed);
  if (p === null) {
    const nothing = { change: null, p: null, adjustedP: null, signFlipP: null, equivalenceP: null };
    return { ...shared, ...nothing, detectable: null, verdict: 'inconclusive' };
  }
  const alpha = gate.alpha / (corrected?.divisor ?? 1);
  // What this look may spend where all looks together may err with alpha.
  const level = sequentialTest(observed.looks).levelAt(alpha);
  const interval = meanInterval(ratios, 1 - level);
  const equivalent = repeatedEquivalenceP(observed, Math.log(1 - margin), Math.log(1 + margin));
  const estimate = relativeChange(interval.mean);
  return {
    ...shared,
    change: {
      estimate,
      low: relativeChange(interval.low),
      high: relativeChange(interval.high),
      level: 1 - alpha,
    },
    p,
    adjustedP: corrected?.adjusted ?? null,
    signFlipP: signFlipP(ratios, randomFrom('sign-flip', metric)),
    equivalenceP: equivalent,
    detectable: relativeChange(detectableShift({ sd: interval.sd, n: interval.n, alpha: level })),
    verdict: verdictOf({
      proven: (corrected?.adjusted ?? p) < gate.alpha,
      worse: better === 'lower' ? estimate : -estimate,
      margin,
      // Each equivalence is tested at alpha on its own: "nothing changed" claims all of them at once,
      // and such an intersection-union test needs no correction.
      equivalent: equivalent < gate.alpha,
    }),
  };
}

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
    ...{ change: null, p: null, adjustedP: null, signFlipP: null, equivalenceP: null },
    detectable: null,
    verdict,
    perLaunch: [],
  };
}

function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0 || values.some((value) => value <= 0)) return null;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
