import { describe, expect, it } from 'vitest';
import { holm } from '../../../src/stats/holm.ts';
import { meanInterval, oneSampleT } from '../../../src/stats/interval.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { normals, share } from '../../support/normal.ts';

const alpha = 0.05;

describe('holm', () => {
  it('equals a hand-worked example', () => {
    // Ranks:     0.005        0.011        0.02         0.04         0.13
    // × (5 − i): 0.025        0.044        0.06         0.08         0.13
    // below .05: yes          yes          no: k = 2    (stopped)    (stopped)
    const result = holm([0.02, 0.13, 0.005, 0.04, 0.011], alpha);
    expect(result.map(({ divisor }) => divisor)).toEqual([3, 3, 5, 3, 4]);
    const expected = [0.06, 0.13, 0.025, 0.08, 0.044];
    for (const [i, { adjusted }] of result.entries()) {
      expect(adjusted).toBeCloseTo(expected[i] ?? Number.NaN, 12);
    }
  });

  it('never lets a larger p have a smaller adjusted p', () => {
    // 3 × 0.02 = 0.06 stands above 2 × 0.025 = 0.05, and pulls it up.
    const [first, second, third] = holm([0.02, 0.025, 0.9], alpha);
    expect(first?.adjusted).toBeCloseTo(0.06, 12);
    expect(second?.adjusted).toBe(first?.adjusted);
    expect(third?.adjusted).toBeCloseTo(0.9, 12);
  });

  it('keeps the divisor of the first failure even where a later rank alone would pass', () => {
    // 0.024 × 2 = 0.048 would pass by itself, but 0.02 × 3 = 0.06 failed before it.
    expect(holm([0.02, 0.024, 0.9], alpha)).toMatchObject([
      { divisor: 3 },
      { divisor: 3 },
      { divisor: 3 },
    ]);
  });

  it('does not reject on the border, where the interval still touches 0', () => {
    expect(holm([0.05, 0.06], 0.1)).toEqual([
      { adjusted: 0.1, divisor: 2 },
      { adjusted: 0.1, divisor: 2 },
    ]);
  });

  it('corrects nothing for one comparison, and caps at 1', () => {
    expect(holm([0.03], alpha)).toEqual([{ adjusted: 0.03, divisor: 1 }]);
    expect(holm([0.8, 0.7], alpha).map(({ adjusted }) => adjusted)).toEqual([1, 1]);
    expect(holm([], alpha)).toEqual([]);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses p = %d', (p) => {
    expect(() => holm([0.5, p], alpha)).toThrow(RangeError);
  });

  it.each([
    ['nothing changed', [0, 0, 0, 0, 0, 0]],
    ['half changed', [0, 0.02, 0, 0.02, 0, 0.02]],
    ['all but one changed', [0.02, 0.02, 0.02, 0.02, 0.02, 0]],
  ])('calls a false change in at most 5 %% of matrices where %s', (name, truths) => {
    const random = randomFrom('family', name);
    const falseCall = () => {
      const ps = truths.map((truth) => oneSampleT(normals(random, 8, truth, 0.01)).p);
      return holm(ps, alpha).some(({ adjusted }, i) => adjusted < alpha && truths[i] === 0);
    };
    const rate = share(8000, falseCall);
    // Holm promises "at most"; these cases are near the bound. Standard error 0.25 points.
    expect(rate).toBeLessThan(0.0575);
    expect(rate).toBeGreaterThan(0.03);
  });

  it('gives every interval at least its own level, also beside changes', () => {
    const random = randomFrom('interval beside change');
    const truths = [0, 0.02, 0.004, 0.02];
    const missed = truths.map(() => 0);
    const trials = 6000;
    for (let trial = 0; trial < trials; trial++) {
      const samples = truths.map((truth) => normals(random, 8, truth, 0.01));
      const corrected = holm(
        samples.map((sample) => oneSampleT(sample).p),
        alpha,
      );
      for (const [i, truth] of truths.entries()) {
        const { low, high } = meanInterval(
          samples[i] ?? [],
          1 - alpha / (corrected[i]?.divisor ?? 0),
        );
        if (truth < low || truth > high) missed[i] = (missed[i] ?? 0) + 1;
      }
    }
    expect(Math.max(...missed) / trials).toBeLessThan(alpha + 0.0085);
  });
});
