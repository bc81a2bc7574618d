import { mean } from 'simple-statistics';
import { type Moments, moments } from './moments.ts';

/**
 * 20 % trimmed mean: the fifth at either end is left out, rounded down (Wilcox, Introduction to
 * Robust Estimation and Hypothesis Testing, §3.3). With fewer than five values nothing is trimmed.
 *
 * Never the estimate over the blocks of a launch: work that is rare and expensive, such as a burst
 * every 30 000 requests, is real cost, and it is exactly what trimming throws away. Where trimmed mean
 * and ratio of totals disagree, there is such work.
 *
 * @param values one at least. @throws Error where there is none.
 */
export function trimmedMean(values: readonly number[]): number {
  const cut = cutOf(values);
  return mean(ascending(values).slice(cut, values.length - cut));
}

/**
 * The trimmed mean as a mean of the h = n − 2g values that are left, with the sd that gives it its true standard error.
 * What is left scatters less than what was drawn, so its own sd would be too small; right is that of the n
 * values with the g at either end set to the outermost of those left (Winsorised, s_w):
 *
 *     se² = (n − 1) s_w² ÷ (h (h − 1)) = sd² ÷ h        with  sd² = (n − 1) s_w² ÷ (h − 1)        df = h − 1
 *
 * (Tukey and McLaughlin 1963; Yuen, Biometrika 61, 1974, 165–170.)
 *
 * @param sample two values at least. @throws RangeError
 */
export function trimmedMoments(sample: readonly number[]): Moments {
  const cut = cutOf(sample);
  if (cut === 0) return moments(sample);
  const sorted = ascending(sample);
  const left = sorted.slice(cut, sorted.length - cut);
  const [low, high] = [Math.min(...left), Math.max(...left)];
  const winsorised = moments(sorted.map((value) => Math.min(high, Math.max(low, value))));
  const sd = winsorised.sd * Math.sqrt((sample.length - 1) / (left.length - 1));
  return { n: left.length, mean: moments(left).mean, sd };
}

const cutOf = (values: readonly number[]): number => Math.floor(values.length / 5);

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
