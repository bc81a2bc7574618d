import { describe, expect, it } from 'vitest';
import { equivalenceP } from '../../src/stats/equivalence.ts';
import { chanceOfDecision } from '../../src/stats/futility.ts';
import { oneSampleT } from '../../src/stats/interval.ts';
import { moments } from '../../src/stats/moments.ts';
import { randomFrom } from '../../src/stats/random.ts';
import { normal, normals, share } from '../support/normal.ts';

const plan = { most: 16, alpha: 0.05, low: -0.02, high: 0.02, level: 0.05 };

/** Launches with exactly this mean and standard deviation. */
function sampleOf(n: number, mean: number, sd: number): number[] {
  const raw = normals(randomFrom('sample', n), n);
  const is = moments(raw);
  return raw.map((x) => mean + (sd * (x - is.mean)) / is.sd);
}

describe('the chance of a decision', () => {
  it.each([
    ['a change that is plain already', sampleOf(8, 0.1, 0.01), 0.99, 1],
    ['no change, and little noise', sampleOf(8, 0, 0.008), 0.99, 1],
    ['noise that hides everything', sampleOf(8, 0.02, 0.1), 0, 0.2],
    ['a change between proof and none, in noise', sampleOf(12, 0.012, 0.04), 0, 0.25],
  ])('%s', (_, sample, low, high) => {
    const chance = chanceOfDecision(sample, plan);
    expect(chance).toBeGreaterThanOrEqual(low);
    expect(chance).toBeLessThanOrEqual(high);
  });

  it('is none when no launch is left', () => {
    expect(chanceOfDecision(sampleOf(16, 0.5, 0.1), plan)).toBe(0);
  });

  it.each([
    [0.015, 0.02],
    [0.004, 0.02],
    [0.02, 0.035],
  ])('is borne out by what follows: mean %d, standard deviation %d', (mean, sd) => {
    const sample = sampleOf(10, mean, sd);
    const random = randomFrom('futility', mean, sd);
    const decided = share(6_000, () => {
      // The true change as uncertain as ten launches leave it.
      const truth = mean + (sd / Math.sqrt(10)) * normal(random);
      const all = [...sample, ...normals(random, 6, truth, sd)];
      return oneSampleT(all).p < plan.alpha || equivalenceP(all, plan.low, plan.high) < plan.level;
    });
    // The spread at the end is taken as it is now.
    expect(Math.abs(chanceOfDecision(sample, plan) - decided)).toBeLessThan(0.06);
  });
});
