import { mean, sampleStandardDeviation } from 'simple-statistics';

export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** Of one observation, with n − 1 in the denominator. */
  readonly sd: number;
}

/**
 * What the t statistics need to know of a sample: one number per launch, n ≥ 2.
 *
 * A sample whose values are all the same has exactly that mean and sd 0. The usual sums miss both
 * by a rounding error (0.1 three times gives an sd of 1.7e-17), and a t of 1e16 would be the result.
 *
 * @throws RangeError with fewer than two values, or where one is not finite.
 */
export function moments(sample: readonly number[]): Moments {
  const [first, ...rest] = sample;
  if (first === undefined || rest.length === 0) {
    throw new RangeError(`a spread needs two launches or more, not ${sample.length}`);
  }
  const odd = sample.find((value) => !Number.isFinite(value));
  if (odd !== undefined) throw new RangeError(`a sample must be finite numbers, not ${odd}`);
  const n = sample.length;
  return rest.every((value) => value === first)
    ? { n, mean: first, sd: 0 }
    : { n, mean: mean(sample), sd: sampleStandardDeviation(sample) };
}
