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
 *                                  <------- t₂ × se -------->
 *
 * A mean has to come out beyond t₁ = t(1 − alpha/2), with se = sd / √n, and means scatter around the
 * true change: for a share `power` of them to lie beyond, it must be t₂ = t(power) further out. Hence
 * (t₁ + t₂) sd / √n, both with n − 1 degrees of freedom (Bloom, Eval. Rev. 19, 1995, 547–556). The
 * exact answer takes the noncentral t and is a little larger. Simulated, a shift of this size is seen
 * in 79 to 80 % at alpha 0.05 from 5 launches on (77 % with 3), but strict levels on few launches are
 * told too well: 74 % at alpha 0.05 / 12 with 6 launches, where the exact shift is 6 % larger.
 *
 * @throws RangeError
 */
export function detectableShift({ sd, n, alpha, power = 0.8 }: Design & { n: number }): number {
  if (!(n >= 2)) throw new RangeError(`a detectable shift needs two launches or more, not ${n}`);
  if (!(sd >= 0)) throw new RangeError(`a standard deviation is 0 or more, not ${sd}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha lies between 0 and 1, not ${alpha}`);
  if (!(power >= 0.5 && power < 1)) throw new RangeError(`power is 0.5 or more, not ${power}`);
  const df = n - 1;
  // t₁ comes from the lower tail, where a small alpha keeps its digits.
  return ((tQuantile(power, df) - tQuantile(alpha / 2, df)) * sd) / Math.sqrt(n);
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
  // The detectable shift falls with n (quantiles from 0.5 up fall with df, and so does 1/√n), so
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
