import { detectableShift } from '../stats/detectable.ts';
import { equivalenceP } from '../stats/equivalence.ts';
import { meanInterval, oneSampleT } from '../stats/interval.ts';
import { moments } from '../stats/moments.ts';
import { randomFrom } from '../stats/random.ts';
import { sequentialTest } from '../stats/sequential.ts';
import { signFlipP } from '../stats/signflip.ts';
import {
  detectableDifference,
  differenceEquivalenceP,
  differenceInterval,
  differenceP,
  meanDifference,
} from '../stats/welch.ts';
import type { Observed, PairedObserved, UnpairedObserved } from './observed.ts';

/** What the launches say of a change, in log ratios, whichever way they were measured. */
export interface Estimate {
  /** That there is no change at all, over all looks. */
  readonly p: number;
  /** p that the change lies outside these limits. */
  readonly equivalenceP: (low: number, high: number) => number;
  /** Null where no launch has a sign to flip. */
  readonly signFlipP: () => number | null;
  /** @param alpha that all looks together may err with */
  readonly at: (alpha: number) => {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    /** What would have been seen with 80 % power. */
    readonly detectable: number;
  };
  readonly perLaunch: readonly number[];
}

/** Null with fewer than two launches of an arm. */
export const estimateOf = (observed: Observed): Estimate | null =>
  observed.kind === 'paired' ? pairedEstimate(observed) : unpairedEstimate(observed);

function pairedEstimate(observed: PairedObserved): Estimate | null {
  const { ratios, looks, metric } = observed;
  if (ratios.length < 2) return null;
  const test = sequentialTest(looks);
  return {
    p: test.repeatedP(perLook(observed, (some) => oneSampleT(some).p)),
    equivalenceP: (low, high) => repeatedEquivalenceP(observed, low, high),
    signFlipP: () => signFlipP(ratios, randomFrom('sign-flip', metric)),
    at: (alpha) => {
      // What this look may spend where all looks together may err with alpha.
      const level = test.levelAt(alpha);
      const { mean, low, high, sd, n } = meanInterval(ratios, 1 - level);
      return { mean, low, high, detectable: detectableShift({ sd, n, alpha: level }) };
    },
    perLaunch: ratios,
  };
}

/** A p at each look, from the launches that there were. */
const perLook = (
  { looks, ratios }: PairedObserved,
  pOf: (ratios: readonly number[]) => number,
): number[] =>
  looks.launches.map((n) => (Math.min(n, ratios.length) < 2 ? 1 : pOf(ratios.slice(0, n))));

/** The same for a one-sided test: all looks together may err with half of what two sides may. */
function repeatedEquivalenceP(observed: PairedObserved, low: number, high: number): number {
  const ps = perLook(observed, (ratios) => equivalenceP(ratios, low, high));
  const smallest = Math.min(...ps);
  // Doubled it is no p any more; so far from a proof the looks change nothing.
  if (smallest >= 0.5) return smallest;
  return sequentialTest(observed.looks).repeatedP(ps.map((p) => Math.min(1, 2 * p))) / 2;
}

function unpairedEstimate({ logs }: UnpairedObserved): Estimate | null {
  const { baseline, candidate } = logs;
  if (Math.min(baseline.length, candidate.length) < 2) return null;
  const difference = meanDifference(baseline, candidate);
  const stored = moments(baseline).mean;
  return {
    p: differenceP(difference),
    equivalenceP: (low, high) => differenceEquivalenceP(difference, low, high),
    signFlipP: () => null,
    at: (alpha) => ({
      ...differenceInterval(difference, 1 - alpha),
      detectable: detectableDifference(difference, { alpha }),
    }),
    perLaunch: candidate.map((log) => log - stored),
  };
}
