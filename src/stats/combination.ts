import type { Moments } from './moments.ts';
import { tQuantile, tTwoSidedP } from './student.ts';

/** Launches of one cell, and the weight that their mean has. */
export interface Weighted {
  readonly weight: number;
  /** One value per launch, n ≥ 2. */
  readonly sample: readonly number[];
}

export interface Combination {
  readonly value: number;
  readonly se: number;
  /** By Satterthwaite. */
  readonly df: number;
}

/**
 * A weighted sum of the means of independent samples, whose variances nothing says to be alike:
 *
 *     value = Σ w(i) mean(i)        se² = Σ w(i)² sd(i)² / n(i)
 *
 * With vᵢ = w(i)² sd(i)² / n(i) an estimate of se² has the variance Σ 2 vᵢ² / (n(i) − 1), and c χ²(df) with the same mean has
 * 2 se⁴ / df: so df = se⁴ ÷ Σ (vᵢ² / (n(i) − 1)), as for the difference of two means (Welch 1947; `welch.ts`), which is the
 * case of weights 1 and −1.
 *
 * @param momentsOf what sums a sample up: `moments`, or `trimmedMoments` where a launch may be far off.
 * @throws RangeError where a sample that counts has fewer than two values.
 */
export function combine(
  parts: readonly Weighted[],
  momentsOf: (sample: readonly number[]) => Moments,
): Combination {
  const used = parts.filter(({ weight }) => weight !== 0);
  const terms = used.map(({ weight, sample }) => {
    const { n, mean, sd } = momentsOf(sample);
    return { value: weight * mean, variance: (weight * sd) ** 2 / n, df: n - 1 };
  });
  const variance = terms.reduce((sum, term) => sum + term.variance, 0);
  const value = terms.reduce((sum, term) => sum + term.value, 0);
  // Without any spread there is nothing to weigh, and any df says the same.
  if (variance === 0) return { value, se: 0, df: Math.max(1, ...terms.map(({ df }) => df)) };
  const inverse = terms.reduce((sum, term) => sum + (term.variance / variance) ** 2 / term.df, 0);
  return { value, se: Math.sqrt(variance), df: 1 / inverse };
}

/** Two-sided p of "the value is 0". */
export const combinationP = ({ value, se, df }: Combination): number =>
  tTwoSidedP(value === 0 ? 0 : value / se, df);

/** value ± t(1 − (1 − level)/2, df) × se. @param level in (0, 1). */
export function combinationInterval({ value, se, df }: Combination, level: number) {
  const half = -tQuantile((1 - level) / 2, df) * se;
  return { low: value - half, high: value + half };
}
