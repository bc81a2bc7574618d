import { moments } from './moments.ts';
import { tCdf } from './student.ts';

/**
 * p of "the true mean lies outside (low, high)". A small p proves that it lies inside, which a large
 * p of a difference test never does: that one only failed to see.
 *
 * Two one-sided tests (Schuirmann, J. Pharmacokinet. Biopharm. 15, 1987, 657–680). Outside means
 * "at or below low" or "at or above high"; each is tested at its border, where it is hardest to tell:
 *
 *     p₁ = P(T ≥ (mean − low)  / se)   rejects "at or below low"
 *     p₂ = P(T ≤ (mean − high) / se)   rejects "at or above high"
 *
 * Inside is proven when both are rejected, so the larger p counts. No correction is due for the two:
 * only one of them can be true, and it is rejected falsely with at most alpha (intersection-union,
 * Berger and Hsu, Statist. Sci. 11, 1996, 283–319). The same as: the interval at level 1 − 2 alpha
 * lies wholly inside (low, high).
 *
 * @param sample one log ratio per launch, n ≥ 2.
 * @param low and @param high in the unit of the sample, low ≤ high. A margin of 2 % either way is
 * ln 0.98 and ln 1.02, which is not symmetric. With low = high nothing can be proven: p ≥ ½.
 * @throws RangeError
 */
export function equivalenceP(sample: readonly number[], low: number, high: number): number {
  if (!(low <= high)) throw new RangeError(`the limits ${low} and ${high} enclose nothing`);
  const { n, mean, sd } = moments(sample);
  // Without spread the mean is known: on a limit it is outside already.
  if (sd === 0) return low < mean && mean < high ? 0 : 1;
  const se = sd / Math.sqrt(n);
  return Math.max(tCdf((low - mean) / se, n - 1), tCdf((mean - high) / se, n - 1));
}
