/**
 * P(Z > z) of the standard normal distribution, with a relative error below 1.2e-7 for every z: levels of
 * 1e-9 keep their digits. The Chebyshev fit of the complementary error function in Press et al.,
 * Numerical Recipes in C, 2nd ed., §6.2 (`erfcc`).
 */
export function normalAbove(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const fitted = coefficients.reduceRight((sum, coefficient) => coefficient + t * sum, 0);
  const tail = (t * Math.exp(-x * x + fitted)) / 2;
  return z >= 0 ? tail : 1 - tail;
}

const coefficients = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** The z ≥ 0 with P(Z > z) = q, for 0 < q ≤ ½; by bisection. @throws RangeError */
export function normalQuantileAbove(q: number): number {
  if (!(q > 0 && q <= 0.5)) throw new RangeError(`a tail lies above 0 and up to 1/2, not ${q}`);
  let low = 0;
  let high = 40;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (normalAbove(middle) > q) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
