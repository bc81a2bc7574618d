import { describe, expect, it } from 'vitest';
import { equivalenceP } from '../../../src/stats/equivalence.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { tCdf } from '../../../src/stats/student.ts';
import { normals, share } from '../../support/normal.ts';

/** A margin of 2 % either way, as log ratios: not symmetric. */
const low = Math.log(0.98);
const high = Math.log(1.02);
const alpha = 0.05;

const proven = (trials: number, truth: number, sd: number) => {
  const random = randomFrom('equivalence', truth, sd);
  return share(trials, () => equivalenceP(normals(random, 8, truth, sd), low, high) < alpha);
};

describe('equivalenceP', () => {
  it('is the larger of the two one-sided p', () => {
    // mean 1, sd 1, se 1/√3: t₁ = 3 √3 against −2, t₂ = −4 √3 against 5; t₁ is the nearer limit.
    expect(equivalenceP([0, 1, 2], -2, 5)).toBeCloseTo(1 - tCdf(3 * Math.sqrt(3), 2), 12);
    expect(equivalenceP([0, 1, 2], -6, 2)).toBeCloseTo(tCdf(-Math.sqrt(3), 2), 12);
  });

  it.each([
    ['lower', low],
    ['upper', high],
  ])('proves a change at the %s margin unchanged in 5 %%', (_, truth) => {
    // The other limit is far away for this sd, so the test is as sharp as it may be: 5 %, not less.
    expect(Math.abs(proven(20_000, truth, 0.005) - alpha)).toBeLessThan(0.006);
  });

  it('errs even less often outside, and where the launches scatter too much to prove anything', () => {
    expect(proven(5000, high * 1.5, 0.005)).toBeLessThan(0.002);
    expect(proven(5000, high, 0.05)).toBeLessThan(0.01);
  });

  it('has the power to prove no change where launches are quiet', () => {
    expect(proven(5000, 0, 0.01)).toBeGreaterThan(0.99);
    expect(proven(5000, 0.005, 0.01)).toBeGreaterThan(0.9);
    expect(proven(5000, 0, 0.05)).toBeLessThan(0.1);
  });

  it('is sure of launches that agree, and takes a limit as outside', () => {
    expect(equivalenceP([0, 0, 0], low, high)).toBe(0);
    expect(equivalenceP([0.5, 0.5], low, high)).toBe(1);
    expect(equivalenceP([high, high], low, high)).toBe(1);
  });

  it('proves nothing within a margin of 0', () => {
    expect(equivalenceP([-1, 1, 0.2], 0, 0)).toBeGreaterThanOrEqual(0.5);
    expect(equivalenceP([0, 0], 0, 0)).toBe(1);
  });

  it('refuses limits that enclose nothing', () => {
    expect(() => equivalenceP([1, 2], 1, -1)).toThrow(RangeError);
    expect(() => equivalenceP([1, 2], Number.NaN, 1)).toThrow(RangeError);
  });
});
