import reference from '@stdlib/stats-base-dists-t';
import { describe, expect, it } from 'vitest';
import { tCdf, tQuantile, tTwoSidedP } from '../../../src/stats/student.ts';

const dfs = [1, 1.5, 2, 2.7, 3, 5, 7, 9.3, 15, 29, 60, 100, 333.3, 1000, 9999, 100_000];
const ts = [0, 0.001, 0.1, 0.5, 1, 1.3, 2, 2.57, 3, 5, 8, 12, 30, 100, 1e4, 1e8];
const ps = [1e-12, 1e-9, 1e-6, 1e-4, 0.001, 0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.49999];

describe('tCdf', () => {
  it.each(dfs)('agrees with the reference to 1e-9 at df %d', (df) => {
    for (const t of ts.flatMap((size) => [size, -size])) {
      expect(Math.abs(tCdf(t, df) - reference.cdf(t, df)), `t = ${t}`).toBeLessThan(1e-9);
    }
  });

  it('agrees with the closed forms of one and two degrees of freedom', () => {
    for (const t of [-1e6, -3, -0.001, -1e-8, 0, 1e-8, 1e-5, 0.7, 2, 40]) {
      expect(Math.abs(tCdf(t, 1) - (0.5 + Math.atan(t) / Math.PI))).toBeLessThan(1e-14);
      expect(Math.abs(tCdf(t, 2) - (0.5 + t / (2 * Math.sqrt(2 + t * t))))).toBeLessThan(1e-14);
    }
  });

  it('reaches 0 and 1 at the infinities, and where t² overflows', () => {
    expect(tCdf(Number.POSITIVE_INFINITY, 5)).toBe(1);
    expect(tCdf(Number.NEGATIVE_INFINITY, 5)).toBe(0);
    expect(tCdf(1e200, 5)).toBe(1);
    expect(tCdf(0, 5)).toBe(0.5);
  });

  it.each([
    [1, 0.5],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
    [Number.NaN, 5],
  ])('refuses t = %d with df = %d', (t, df) => {
    expect(() => tCdf(t, df)).toThrow(RangeError);
  });
});

describe('tTwoSidedP', () => {
  it('is both tails', () => {
    expect(tTwoSidedP(2.5, 7)).toBeCloseTo(2 * (1 - reference.cdf(2.5, 7)), 10);
    expect(tTwoSidedP(-2.5, 7)).toBe(tTwoSidedP(2.5, 7));
    expect(tTwoSidedP(0, 7)).toBe(1);
  });

  it('keeps the digits of a very small p', () => {
    // df 2: 1 − t / √(2 + t²) = 1/t² − 3/(2 t⁴) + …
    const t = 1e8;
    expect(tTwoSidedP(t, 2) / (1 / t ** 2)).toBeCloseTo(1, 12);
  });
});

describe('tQuantile', () => {
  it.each(dfs)('agrees with the reference to 1e-9 at df %d', (df) => {
    for (const p of [...ps, 0.5, ...ps.map((q) => 1 - q)]) {
      const expected = reference.quantile(p, df);
      const error = Math.abs(tQuantile(p, df) - expected) / Math.max(1, Math.abs(expected));
      expect(error, `p = ${p}`).toBeLessThan(1e-9);
    }
  });

  it('agrees with the printed table', () => {
    // Student's t, 97.5 % and 99.5 %, three decimals.
    expect(tQuantile(0.975, 1)).toBeCloseTo(12.706, 3);
    expect(tQuantile(0.975, 7)).toBeCloseTo(2.365, 3);
    expect(tQuantile(0.995, 30)).toBeCloseTo(2.75, 3);
  });

  it('is infinite at 0 and 1 only', () => {
    expect(tQuantile(0, 4)).toBe(Number.NEGATIVE_INFINITY);
    expect(tQuantile(1, 4)).toBe(Number.POSITIVE_INFINITY);
    expect(tQuantile(0.5, 4)).toBe(0);
    expect(tQuantile(1e-300, 4)).toBeLessThan(-1e70);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses p = %d', (p) => {
    expect(() => tQuantile(p, 5)).toThrow(RangeError);
  });
});
