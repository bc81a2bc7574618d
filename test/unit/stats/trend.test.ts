import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/stats/random.ts';
import { trends } from '../../../src/stats/trend.ts';
import { normal, share } from '../../support/normal.ts';

const windows = [4, 5, 6, 7, 8];
const tolerance = 0.01;

/** CPU per request around 100 µs, drifting by `drift` of it over the window. */
const called = (n: number, drift: number, noise: number) => {
  const random = randomFrom('trend', n, drift, noise);
  const slices = () =>
    Array.from({ length: n }, (_, i) => 100 * (1 + (drift * i) / (n - 1) + noise * normal(random)));
  return share(4000, () => trends(slices(), tolerance));
};

describe('trends', () => {
  it.each(windows)('calls at most one noisy window of %d in ten a trend', (n) => {
    // The exact shares of the table in trend.ts; standard error 0.5 points, here with so much noise
    // that the tolerance lets nearly all of them through.
    const exact = { 4: 2 / 24, 5: 10 / 120, 6: 40 / 720, 7: 348 / 5040, 8: 2460 / 40_320 }[n] ?? 0;
    const rate = called(n, 0, 0.2);
    expect(rate).toBeLessThan(exact + 0.013);
    expect(rate).toBeGreaterThan(exact - 0.02);
  });

  it('calls hardly any where the noise is smaller than what matters', () => {
    // The Theil–Sen drift over 4 slices scatters by about 1.3 times the noise, so 1 % is 3.7 sd away.
    for (const n of windows) expect(called(n, 0, 0.002)).toBeLessThan(0.002);
  });

  it('flags a real drift: 20 % under 3 % of noise', () => {
    expect(called(4, 0.2, 0.03)).toBeGreaterThan(0.6);
    expect(called(6, 0.2, 0.03)).toBeGreaterThan(0.9);
    expect(called(8, -0.2, 0.03)).toBeGreaterThan(0.95);
  });

  it('flags a process that gets faster as its code is compiled', () => {
    expect(trends([310, 210, 160, 135, 122, 115], tolerance)).toBe(true);
    expect(trends([115, 113, 116, 112, 115, 114], tolerance)).toBe(false);
  });

  it('lets a drift pass that is within the tolerance, however orderly', () => {
    expect(trends([100, 100.1, 100.2, 100.3, 100.4, 100.5], tolerance)).toBe(false);
    expect(trends([100, 100.1, 100.2, 100.3, 100.4, 100.5], 0.001)).toBe(true);
  });

  it('is not misled by one disturbed slice', () => {
    expect(trends([100, 101, 100, 180, 101, 100], tolerance)).toBe(false);
    expect(trends([300, 240, 200, 170, 260, 130, 120, 110], tolerance)).toBe(true);
  });

  it('is calm where all values are the same, or 0', () => {
    expect(trends([5, 5, 5, 5], tolerance)).toBe(false);
    expect(trends([0, 0, 0, 0], tolerance)).toBe(false);
  });

  it('refuses a window too short to tell', () => {
    expect(() => trends([1, 2, 3], tolerance)).toThrow(RangeError);
  });
});
