import { mean } from 'simple-statistics';

/**
 * 20 % trimmed mean: the fifth at either end is left out, rounded down (Wilcox, Introduction to
 * Robust Estimation and Hypothesis Testing, §3.3). With fewer than five values nothing is trimmed.
 *
 * A diagnostic over the blocks of a launch, never the estimate: work that is rare and expensive, such
 * as a burst every 30 000 requests, is real cost, and it is exactly what trimming throws away. Where
 * trimmed mean and ratio of totals disagree, there is such work.
 *
 * @param values one at least. @throws Error where there is none.
 */
export function trimmedMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 5);
  const ascending = [...values].sort((a, b) => a - b);
  return mean(ascending.slice(cut, ascending.length - cut));
}
