import { errorFunction, gammaln } from 'simple-statistics';

/**
 * P(T > t) of the noncentral t distribution: T = (Z + δ) / S with Z standard normal and S, independent
 * of it, the root of χ²/df. It is what Student's t becomes when the true mean is δ standard errors away
 * from 0, and so the power of a t test.
 *
 * Given S = s, T exceeds t where Z > t s − δ. Averaged over S:
 *
 *     P(T > t) = ∫₀^∞ Φ(δ − t s) f(s) ds
 *     f(s) = 2 (df/2)^(df/2) / Γ(df/2) × s^(df−1) × exp(−df s²/2)
 *
 * S lies around 1 with a standard deviation near 1/√(2 df); eight of them to either side leave out less
 * than 1e-12, and Simpson's rule over 400 intervals is exact to 1e-6, as is the error function used.
 *
 * @param t finite. @param df at least 1. @param delta finite. @throws RangeError
 */
export function noncentralTAbove(t: number, df: number, delta: number): number {
  if (!(df >= 1 && Number.isFinite(df))) {
    throw new RangeError(`degrees of freedom must be finite and at least 1, not ${df}`);
  }
  const reach = 8 / Math.sqrt(2 * df);
  const from = Math.max(0, 1 - reach);
  const width = (1 + reach - from) / intervals;
  const lnScale = Math.LN2 + (df / 2) * Math.log(df / 2) - gammaln(df / 2);
  const integrand = (s: number): number => {
    // 0^0 is 1: with one degree of freedom f does not vanish at 0.
    const lnDensity = lnScale + (df === 1 ? 0 : (df - 1) * Math.log(s)) - (df * s * s) / 2;
    return normalBelow(delta - t * s) * Math.exp(lnDensity);
  };
  let sum = 0;
  for (let i = 0; i <= intervals; i += 1) {
    const weight = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * integrand(from + i * width);
  }
  return (sum * width) / 3;
}

const intervals = 400;

const normalBelow = (z: number): number => (1 + errorFunction(z / Math.SQRT2)) / 2;
