import type { Random } from '../../src/stats/random.ts';

/** One standard normal number: Box and Muller, Ann. Math. Statist. 29, 1958, 610–611. */
export function normal(random: Random): number {
  // 1 − u is never 0, so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Launches of a simulated comparison. */
export const normals = (random: Random, n: number, mean = 0, sd = 1): number[] =>
  Array.from({ length: n }, () => mean + sd * normal(random));

/** Share of trials in which something happened. */
export function share(trials: number, happened: () => boolean): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (happened()) count++;
  return count / trials;
}
