import { gammaln } from 'simple-statistics';
import { incompleteBeta } from './incomplete-beta.ts';

/**
 * Student's t distribution with `df` ≥ 1 degrees of freedom, not necessarily whole. Absolute error
 * below 1e-9 up to df = 100 000 (beyond, the difference of two large log-gammas eats the digits).
 */

/** P(T ≤ t). @param t may be infinite. @throws RangeError */
export function tCdf(t: number, df: number): number {
  return t < 0 ? upperTail(-t, df) : 1 - upperTail(t, df);
}

/**
 * P(|T| ≥ |t|). Not computed as 1 − P(|T| < |t|): a p of 1e-20 keeps its digits, which a family
 * of comparisons needs when it multiplies them.
 */
export function tTwoSidedP(t: number, df: number): number {
  return 2 * upperTail(Math.abs(t), df);
}

/**
 * The t with P(T ≤ t) = p, for 0 ≤ p ≤ 1 (infinite at the ends). @throws RangeError
 *
 * By symmetry only t ≥ 0 is searched. There the tail S(t) = P(T > t) is convex, because its second
 * derivative is −f′ and the density f falls. Newton's tangent to a convex falling curve stays below
 * it, so from a point left of the root every step ends left of the root again:
 *
 *     t ← t + (S(t) − q) / f(t)      from t = 0, where S = ½ ≥ q
 *
 * climbs to the root without ever passing it. No bracket is needed; the first step that is not
 * upwards is rounding, and the end.
 */
export function tQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies within 0 … 1, not ${p}`);
  if (p < 0.5) return -tQuantileAbove(p, df);
  return tQuantileAbove(1 - p, df);
}

/** The t ≥ 0 with P(T > t) = q, for q ≤ ½. */
function tQuantileAbove(q: number, df: number): number {
  if (q === 0) return Number.POSITIVE_INFINITY;
  let t = 0;
  for (;;) {
    const step = (upperTail(t, df) - q) / density(t, df);
    if (!(step > t * 1e-15)) return t;
    t += step;
  }
}

/**
 * P(T > t) for t ≥ 0: ½ I_x(df/2, ½) with x = df / (df + t²) (Abramowitz and Stegun 26.5.27 and
 * 26.7.1). Where t² overflows, x is 0, and so is the tail.
 */
function upperTail(t: number, df: number): number {
  if (!(df >= 1 && Number.isFinite(df))) {
    throw new RangeError(`degrees of freedom must be finite and at least 1, not ${df}`);
  }
  if (Number.isNaN(t)) throw new RangeError('t is not a number');
  const square = t * t;
  return incompleteBeta(df / (df + square), square / (df + square), df / 2, 0.5) / 2;
}

/** f(t) = Γ((df+1)/2) / (Γ(df/2) √(π df)) × (1 + t²/df)^−(df+1)/2 (Abramowitz and Stegun 26.7.1). */
function density(t: number, df: number): number {
  const half = (df + 1) / 2;
  const lnScale = gammaln(half) - gammaln(df / 2) - Math.log(Math.PI * df) / 2;
  return Math.exp(lnScale - half * Math.log1p((t * t) / df));
}
