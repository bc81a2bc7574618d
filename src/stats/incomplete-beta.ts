import { gammaln } from 'simple-statistics';

/**
 * Regularised incomplete beta function I_x(a, b) for 0 ≤ x ≤ 1, a > 0, b > 0.
 *
 * `y` is 1 − x. The caller passes it because it often knows it better than a subtraction would give:
 * where x rounds to 1, all that is left of the result is in y.
 *
 * I_x(a, b) = xᵃ yᵇ / (a B(a, b)) × a continued fraction (DLMF 8.17.22) that converges fast for
 * x < (a + 1) / (a + b + 2). Beyond, I_x(a, b) = 1 − I_y(b, a) (DLMF 8.17.4).
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const lnFront = a * Math.log(x) + b * Math.log(y) + gammaln(a + b) - gammaln(a) - gammaln(b);
  const front = Math.exp(lnFront);
  return x < (a + 1) / (a + b + 2)
    ? (front / a) * fraction(x, a, b)
    : 1 - (front / b) * fraction(y, b, a);
}

/**
 * 1 / (1 + d₁ / (1 + d₂ / (1 + …))) with, from DLMF 8.17.22,
 *   d₂ₘ   =  m (b − m) x / ((a + 2m − 1)(a + 2m))
 *   d₂ₘ₊₁ = −(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1))
 *
 * Evaluated from the front by Lentz's method in Thompson and Barnett's form (J. Comput. Phys. 64,
 * 1986, 490–509): `above` and `below` are the ratios of successive numerators and denominators, each
 * step multiplies the value by above / below, and it has converged when that factor is 1.
 */
function fraction(x: number, a: number, b: number): number {
  // The value before d₁: numerator over denominator is 1, and there was no numerator before it.
  let above = Number.POSITIVE_INFINITY;
  let below = 1;
  let value = 1;
  // Converges within 100 steps for df up to 100 000. The bound only ends a loop that cannot.
  for (let step = 1; step < 1000; step++) {
    const m = Math.floor(step / 2);
    const at = a + 2 * m;
    const d =
      step % 2 === 0
        ? (m * (b - m) * x) / ((at - 1) * at)
        : (-(a + m) * (a + b + m) * x) / (at * (at + 1));
    below = 1 / awayFromZero(1 + d * below);
    above = awayFromZero(1 + d / above);
    value *= above * below;
    if (Math.abs(above * below - 1) < 1e-15) break;
  }
  return value;
}

/** The method's own remedy for a partial denominator that vanishes: it becomes a very small one. */
const awayFromZero = (n: number): number => (Math.abs(n) < 1e-300 ? 1e-300 : n);
