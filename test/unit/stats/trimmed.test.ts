import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { trimmedMean } from '../../../src/stats/trimmed.ts';

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
