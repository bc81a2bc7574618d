import { noncentralTAbove } from './noncentral-t.ts';
import { tQuantile } from './student.ts';

interface Design {
  /** Of one launch's log ratio. */
  readonly sd: number;
  /** Two-sided level of the comparison, after the correction for the family. */
  readonly alpha: number;
  /** How often a change of this size is to be seen; 0.5 … 1, default 0.8. */
  readonly power?: number;
}

/** More launches than anybody would wait for. */
const mostLaunches = 10_000;

/**
 * The size of a true change, in log-ratio units, that n launches prove with the wanted power. Proven
 * means: the two-sided t test at alpha leaves out 0.
 *
 *     0                        t₁ × se                     shift
 *     |---------------------------|--------------------------|
 *     no change       smaller means prove nothing     true change
 *
 * A mean has to come out beyond t₁ = t(1 − alpha/2, n − 1) standard errors, se = sd / √n. With a true
 * change of δ standard errors the statistic has the noncentral t distribution, so the answer is the δ
 * with P(T > t₁ | δ) = power, times se. (The other side of 0 adds nothing that could be seen.) The
 * usual short form, t₁ + t(power), is too small for a strict level on few launches: 74 % instead of
 * 80 % at alpha 0.05/12 with 6.
 *
 * @throws RangeError
 */
export function detectableShift({ sd, n, alpha, power = 0.8 }: Design & { n: number }): number {
  if (!(n >= 2)) throw new RangeError(`a detectable shift needs two launches or more, not ${n}`);
  if (!(sd >= 0)) throw new RangeError(`a standard deviation is 0 or more, not ${sd}`);
  const delta = detectableNoncentrality(n - 1, alpha, power);
  return sd === 0 ? 0 : (delta * sd) / Math.sqrt(n);
}

/**
 * The δ with P(T > t₁ | δ) = power, in standard errors, by bisection: power grows with δ.
 * @param df of the statistic, 1 or more. @throws RangeError
 */
export function detectableNoncentrality(df: number, alpha: number, power: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha lies between 0 and 1, not ${alpha}`);
  if (!(power >= 0.5 && power < 1)) throw new RangeError(`power is 0.5 or more, not ${power}`);
  // From the lower tail, where a small alpha keeps its digits.
  const t1 = -tQuantile(alpha / 2, df);
  let low = 0;
  let high = 2 * (t1 + tQuantile(power, df));
  while (noncentralTAbove(t1, df, high) < power) high *= 2;
  while (high - low > 1e-6 * high) {
    const middle = (low + high) / 2;
    if (noncentralTAbove(t1, df, middle) < power) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The smallest number of launches, 3 or more, that can detect `shift`; null where 10 000 cannot.
 *
 * @param shift size of the change in log-ratio units, above 0: ln 1.05 for 5 % more, and −ln 0.95 for
 * 5 % less. @throws RangeError
 */
export function launchesFor({ shift, ...design }: Design & { shift: number }): number | null {
  if (!(shift > 0)) throw new RangeError(`the size of a shift is above 0, not ${shift}`);
  const detects = (n: number) => detectableShift({ ...design, n }) <= shift;
  if (!detects(mostLaunches)) return null;
  // The detectable shift falls with n (so does the noncentrality, with its degrees of freedom, and 1/√n), so
  // bisection finds the first that detects.
  let enough = mostLaunches;
  let low = 3;
  while (low < enough) {
    const middle = Math.floor((low + enough) / 2);
    if (detects(middle)) enough = middle;
    else low = middle + 1;
  }
  return enough;
}
