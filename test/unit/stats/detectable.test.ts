import { describe, expect, it } from 'vitest';
import { detectableShift, launchesFor } from '../../../src/stats/detectable.ts';
import { oneSampleT } from '../../../src/stats/interval.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { normals, share } from '../../support/normal.ts';

const sd = 0.012;

const seen = (n: number, alpha: number, power: number) => {
  const shift = detectableShift({ sd, n, alpha, power });
  const random = randomFrom('power', n, power);
  return share(15_000, () => oneSampleT(normals(random, n, shift, sd)).p < alpha);
};

describe('detectableShift', () => {
  it.each([6, 8, 12, 20])('is seen in 80 %% of runs with %d launches', (n) => {
    expect(Math.abs(seen(n, 0.05, 0.8) - 0.8)).toBeLessThan(0.012);
  });

  it('keeps another power too', () => {
    expect(Math.abs(seen(12, 0.05, 0.9) - 0.9)).toBeLessThan(0.02);
    expect(Math.abs(seen(16, 0.05 / 4, 0.8) - 0.8)).toBeLessThan(0.02);
  });

  it('keeps its promise for a strict level on few launches', () => {
    expect(Math.abs(seen(6, 0.05 / 12, 0.8) - 0.8)).toBeLessThan(0.012);
    expect(Math.abs(seen(4, 0.05 / 12, 0.8) - 0.8)).toBeLessThan(0.012);
  });

  it('is 0 without scatter', () => {
    expect(detectableShift({ sd: 0, n: 4, alpha: 0.05 })).toBe(0);
  });

  it.each([
    { sd, n: 1, alpha: 0.05 },
    { sd: -1, n: 8, alpha: 0.05 },
    { sd: Number.NaN, n: 8, alpha: 0.05 },
    { sd, n: 8, alpha: 0 },
    { sd, n: 8, alpha: 0.05, power: 0.4 },
    { sd, n: 8, alpha: 0.05, power: 1 },
  ])('refuses %j', (design) => {
    expect(() => detectableShift(design)).toThrow(RangeError);
  });
});

describe('launchesFor', () => {
  // Cohen's small, medium and large effect: the sample sizes that tables give for a paired t test.
  it.each([
    [0.2, 199],
    [0.5, 34],
    [0.8, 15],
  ])('finds a change of %d standard deviations with %d launches', (shift, launches) => {
    expect(launchesFor({ sd: 1, shift, alpha: 0.05 })).toBe(launches);
  });

  it.each([0.1, 0.03, 0.01, 0.002])('is the smallest number that detects %d', (shift) => {
    const n = launchesFor({ sd, shift, alpha: 0.05 }) ?? 0;
    expect(detectableShift({ sd, n, alpha: 0.05 })).toBeLessThanOrEqual(shift);
    expect(n === 3 || detectableShift({ sd, n: n - 1, alpha: 0.05 }) > shift).toBe(true);
  });

  it('gives back the launches that a detectable shift was worked out for', () => {
    for (let n = 3; n <= 80; n++) {
      const shift = detectableShift({ sd, n, alpha: 0.01, power: 0.9 });
      expect(launchesFor({ sd, shift, alpha: 0.01, power: 0.9 })).toBe(n);
    }
  });

  it('never answers with fewer than three launches', () => {
    expect(launchesFor({ sd, shift: 10, alpha: 0.05 })).toBe(3);
    expect(launchesFor({ sd: 0, shift: 0.01, alpha: 0.05 })).toBe(3);
  });

  it('gives up where ten thousand do not suffice, and only there', () => {
    const last = detectableShift({ sd, n: 10_000, alpha: 0.05 });
    expect(launchesFor({ sd, shift: last, alpha: 0.05 })).toBe(10_000);
    expect(launchesFor({ sd, shift: last * 0.999_99, alpha: 0.05 })).toBeNull();
  });

  it.each([0, -0.01, Number.NaN])('refuses the shift %d', (shift) => {
    expect(() => launchesFor({ sd, shift, alpha: 0.05 })).toThrow(RangeError);
  });
});
