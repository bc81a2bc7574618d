/** Two-sample tests that peers use and the tool does not. p is two-sided. */
import { normalAbove } from '../../../dist/stats/normal.js';
import { tTwoSidedP } from '../../../dist/stats/student.js';

/**
 * Welch (Biometrika 34, 1947, 28–35), from means and variances.
 * @param x and @param y `{ n, mean, sd }`
 */
export function welch(x, y) {
  const [vx, vy] = [x.sd ** 2 / x.n, y.sd ** 2 / y.n];
  const se = Math.sqrt(vx + vy);
  const df = (vx + vy) ** 2 / (vx ** 2 / (x.n - 1) + vy ** 2 / (y.n - 1));
  const t = (y.mean - x.mean) / se;
  return { t, df, se, p: tTwoSidedP(t, df) };
}

/** Student's t of two samples of equal variance. */
export function pooledT(x, y) {
  const df = x.n + y.n - 2;
  const variance = ((x.n - 1) * x.sd ** 2 + (y.n - 1) * y.sd ** 2) / df;
  const t = (y.mean - x.mean) / Math.sqrt(variance * (1 / x.n + 1 / y.n));
  return { t, df, p: tTwoSidedP(t, df) };
}

/** The Mann–Whitney statistic: pairs in which y is larger, ties counted half. */
function larger(x, y) {
  let u = 0;
  for (const b of y) for (const a of x) u += a < b ? 1 : a === b ? 0.5 : 0;
  return u;
}

/** By the normal approximation with correction for continuity, as for large samples. */
export function mannWhitneyNormal(x, y) {
  const middle = (x.length * y.length) / 2;
  const sd = Math.sqrt((x.length * y.length * (x.length + y.length + 1)) / 12);
  return Math.min(1, 2 * normalAbove((Math.abs(larger(x, y) - middle) - 0.5) / sd));
}

/** Exact, for samples without ties: the share of all ways to mix the samples that lie as far from the middle. */
export function mannWhitneyExact(x, y) {
  const counts = waysByU(x.length, y.length);
  const u = larger(x, y);
  const tail = Math.floor(Math.min(u, x.length * y.length - u));
  const all = counts.reduce((sum, ways) => sum + ways, 0);
  const beyond = counts.slice(0, tail + 1).reduce((sum, ways) => sum + ways, 0);
  return Math.min(1, (2 * beyond) / all);
}

/**
 * How many orders of m and n values have each U, from 0 to mn. The largest value is either of the second
 * sample, and beats all m of the first, or it is not (Mann and Whitney, Ann. Math. Statist. 18, 1947, 50–60):
 *
 *     ways(m, n, u) = ways(m, n − 1, u − m) + ways(m − 1, n, u)
 */
function waysByU(m, n) {
  const key = `${m} ${n}`;
  const known = ways.get(key);
  if (known !== undefined) return known;
  const counts = Array(m * n + 1).fill(0);
  if (m === 0 || n === 0) counts[0] = 1;
  else {
    for (const [u, of] of waysByU(m, n - 1).entries()) counts[u + m] += of;
    for (const [u, of] of waysByU(m - 1, n).entries()) counts[u] += of;
  }
  ways.set(key, counts);
  return counts;
}
const ways = new Map();

/**
 * Kolmogorov and Smirnov's largest distance between two distribution functions; p by the limiting distribution
 * with Stephens's correction for small samples (J. R. Statist. Soc. B 32, 1970, 115–122): Q(λ) = 2 Σ (−1)ʲ⁻¹ exp(−2 j² λ²).
 */
export function kolmogorovSmirnov(x, y) {
  const share = (sample, value) => sample.filter((of) => of <= value).length / sample.length;
  const d = Math.max(...[...x, ...y].map((value) => Math.abs(share(x, value) - share(y, value))));
  const size = Math.sqrt((x.length * y.length) / (x.length + y.length));
  const lambda = (size + 0.12 + 0.11 / size) * d;
  let sum = 0;
  for (let j = 1; j <= 100; j += 1)
    sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * (j * lambda) ** 2);
  // The series needs many terms where λ is small, and its sum is 1 there.
  return { d, p: lambda < 0.2 ? 1 : Math.min(1, Math.max(0, sum)) };
}
