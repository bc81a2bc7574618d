import { moments } from './moments.ts';
import { tQuantile, tTwoSidedP } from './student.ts';

interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly sd: number;
  readonly n: number;
  readonly df: number;
}

/**
 * Student's interval for the mean: mean ± t(1 − (1 − level)/2, n − 1) × sd / √n.
 *
 * The observations are launches, not slices: fresh processes for each, so that they are independent.
 * Slices of one launch share its memory layout and JIT state, and would make the interval too short.
 *
 * @param sample one value per launch, n ≥ 2, in any unit (log ratios here).
 * @param level in (0, 1); 0.95 is missed by 1 true mean in 20.
 * @throws RangeError
 */
export function meanInterval(sample: readonly number[], level: number): MeanInterval {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`a confidence level lies between 0 and 1, not ${level}`);
  }
  const { n, mean, sd } = moments(sample);
  const df = n - 1;
  // From the lower tail, whose probability never rounds to 0, so the quantile is finite for every
  // level and sd 0 gives the point itself.
  const half = (-tQuantile((1 - level) / 2, df) * sd) / Math.sqrt(n);
  return { mean, low: mean - half, high: mean + half, sd, n, df };
}

/**
 * Two-sided one-sample t test of "the true mean is mu0"; the dual of `meanInterval`: p < 1 − level
 * exactly when the interval leaves mu0 out, as both ask whether |mean − mu0| > t × sd / √n.
 *
 * Launches that agree to the last bit have no spread to measure the difference with: then t is 0 and
 * p 1 where the mean is mu0, else t is infinite and p 0.
 *
 * @param sample one value per launch, n ≥ 2. @throws RangeError
 */
export function oneSampleT(
  sample: readonly number[],
  mu0 = 0,
): { readonly t: number; readonly df: number; readonly p: number } {
  const { n, mean, sd } = moments(sample);
  const df = n - 1;
  const t = mean === mu0 ? 0 : (mean - mu0) / (sd / Math.sqrt(n));
  return { t, df, p: tTwoSidedP(t, df) };
}
