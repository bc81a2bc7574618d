import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { moments } from '../../../src/stats/moments.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { tQuantile } from '../../../src/stats/student.ts';
import { trimmedMean, trimmedMoments } from '../../../src/stats/trimmed.ts';
import { normals, share } from '../../support/normal.ts';

describe('trimmedMean', () => {
  it('leaves out a fifth at either end', () => {
    expect(trimmedMean([100, 2, 4, 3, -50])).toBe(3);
    // Two of ten at either end: 4 8 16 32 64 128 are left. Of nine only one: 2 4 8 16 32 64 128.
    expect(trimmedMean([1, 2, 4, 8, 16, 32, 64, 128, 256, 512])).toBe(252 / 6);
    expect(trimmedMean([256, 1, 2, 4, 8, 16, 32, 64, 128])).toBe(254 / 7);
  });

  it('is the mean of fewer than five', () => {
    expect(trimmedMean([1, 2, 3, 10])).toBe(4);
    expect(trimmedMean([7])).toBe(7);
  });

  it('parts from the mean where work is rare and expensive', () => {
    const blocks = Array.from({ length: 50 }, (_, i) => (i % 10 === 0 ? 200 : 100));
    expect(mean(blocks)).toBe(110);
    expect(trimmedMean(blocks)).toBe(100);
  });

  it('leaves its argument alone, and refuses nothing at all', () => {
    const values = [3, 1, 2];
    trimmedMean(values);
    expect(values).toEqual([3, 1, 2]);
    expect(() => trimmedMean([])).toThrow();
  });
});

describe('trimmedMoments', () => {
  it('are the plain ones where nothing is trimmed', () => {
    expect(trimmedMoments([1, 2, 4, 9])).toEqual(moments([1, 2, 4, 9]));
  });

  it('have the Winsorised spread', () => {
    // Left are 2 3 4; Winsorised 2 2 3 4 4, whose squares about 3 add up to 4: sd² = 4 ÷ (3 − 1).
    expect(trimmedMoments([4, -50, 3, 100, 2])).toEqual({ n: 3, mean: 3, sd: Math.SQRT2 });
  });

  it('make intervals that hold the truth as often as they say', () => {
    const random = randomFrom('trimmed', 'coverage');
    const held = share(20_000, () => {
      const { n, mean: centre, sd } = trimmedMoments(normals(random, 10, 5, 1));
      const half = -tQuantile(0.025, n - 1) * (sd / Math.sqrt(n));
      return Math.abs(centre - 5) <= half;
    });
    expect(held).toBeGreaterThan(0.94);
    expect(held).toBeLessThan(0.965);
  });
});
