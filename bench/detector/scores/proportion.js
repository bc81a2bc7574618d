/** Intervals for a share of trials that were hit. */
import { incompleteBeta } from '../../../dist/stats/incomplete-beta.js';
import { normalQuantileAbove } from '../../../dist/stats/normal.js';

/**
 * The largest true rate with which so few hits still happen in 5 % of cases: Clopper and Pearson (Biometrika 26,
 * 1934, 404–413), one-sided. It solves P(X ≤ hits) = 1 − I_rate(hits + 1, trials − hits) = 1 − level. With no hit
 * that is 1 − 0.05^(1/trials), about 3 / trials: the "rule of three".
 * @returns {number}
 */
export function mostLikelyRate(hits, trials, level = 0.95) {
  if (hits >= trials) return 1;
  let low = hits / trials;
  let high = 1;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, 1 - middle, hits + 1, trials - hits) < level) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Wilson's interval (J. Am. Stat. Assoc. 22, 1927, 209–212) for the rate behind `hits` of `trials` that are
 * independent: it stays within 0 … 1, and is of use with no hit at all.
 * @returns {{ low: number, high: number }}
 */
export function wilson(hits, trials, level = 0.95) {
  if (trials === 0) return { low: 0, high: 1 };
  const z = normalQuantileAbove((1 - level) / 2);
  const share = hits / trials;
  const middle = (share + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials);
  const half =
    (z / (1 + z ** 2 / trials)) *
    Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
