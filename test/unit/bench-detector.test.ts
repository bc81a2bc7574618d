import { describe, expect, it } from 'vitest';
import { countOf } from '../../bench/detector/data/tally.js';
import * as tests from '../../bench/detector/rules/tests.js';
import { crossing, effects } from '../../bench/detector/scores/power.js';
import { mostLikelyRate, wilson } from '../../bench/detector/scores/proportion.js';
import { agreement, quantileOf, share } from '../../bench/detector/scores/shares.js';
import { moments } from '../../src/stats/moments.ts';

describe('tests of two samples', () => {
  // R's `sleep` data: t.test(extra ~ group) gives t = −1.8608, df = 17.776, p = 0.07939;
  // with var.equal = TRUE df = 18, p = 0.07919.
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

  it("is Welch's t as R has it", () => {
    const { t, df, p } = tests.welch(moments(first), moments(second));
    expect(t).toBeCloseTo(1.8608, 4);
    expect(df).toBeCloseTo(17.776, 3);
    expect(p).toBeCloseTo(0.07939, 5);
  });

  it("is Student's t with pooled variance as R has it", () => {
    expect(tests.pooledT(moments(first), moments(second)).p).toBeCloseTo(0.07919, 5);
  });

  it('counts the orders of two samples by hand', () => {
    // Of the 20 ways to mix 3 and 3 the two extremes are 1 each; U = 1 is one more on each side.
    expect(tests.mannWhitneyExact([1, 2, 3], [4, 5, 6])).toBeCloseTo(2 / 20, 12);
    expect(tests.mannWhitneyExact([1, 2, 4], [3, 5, 6])).toBeCloseTo(4 / 20, 12);
    expect(tests.mannWhitneyExact([1, 4, 5], [2, 3, 6])).toBe(1);
  });

  it('rejects at the critical values of printed tables', () => {
    // n = 10, 10: U ≤ 23 at 5 % two-sided, U ≤ 16 at 1 %.
    const sample = (u: number) => {
      // u pairs in the wrong order: the first of y stands below u values of x at most 10.
      const x = Array.from({ length: 10 }, (_, i) => i);
      const y = Array.from({ length: 10 }, (_, i) => 100 + i);
      for (let left = u, i = 0; left > 0; i += 1, left -= 10)
        y[i] = 9.5 - Math.min(10, left) + i / 99;
      return tests.mannWhitneyExact(x, y);
    };
    expect(sample(23)).toBeCloseTo(0.0433, 4);
    expect(sample(24)).toBeGreaterThan(0.05);
    expect(sample(16)).toBeLessThan(0.01);
    expect(sample(17)).toBeGreaterThan(0.01);
  });

  it('agrees with the normal approximation of Mann and Whitney, by hand', () => {
    // 3 and 3 fully apart: z = (9 − 4.5 − 0.5) / √(9 × 7 / 12) = 1.7457, p = 0.0809.
    expect(tests.mannWhitneyNormal([1, 2, 3], [4, 5, 6])).toBeCloseTo(0.0809, 4);
  });

  it('is the distance of Kolmogorov and Smirnov', () => {
    // Catapult's own example: range(10, 30) against range(10) + range(30, 40).
    const from = (start: number, n: number) => Array.from({ length: n }, (_, i) => start + i);
    const { d, p } = tests.kolmogorovSmirnov(from(10, 20), [...from(0, 10), ...from(30, 10)]);
    expect(d).toBeCloseTo(0.5, 12);
    expect(p).toBeCloseTo(0.0082, 4);
    expect(tests.kolmogorovSmirnov([1, 2, 3], [1, 2, 3]).p).toBe(1);
  });
});

describe('shares of trials', () => {
  it('bounds a rate exactly', () => {
    expect(mostLikelyRate(0, 300)).toBeCloseTo(1 - 0.05 ** (1 / 300), 8);
    // Clopper and Pearson, 1 of 10, one-sided 95 %: 0.3942.
    expect(mostLikelyRate(1, 10)).toBeCloseTo(0.3942, 4);
    expect(mostLikelyRate(5, 5)).toBe(1);
  });

  it("has Wilson's interval", () => {
    // Newcombe (Stat. Med. 17, 1998, 857–872), table I: 81 of 263, 0 of 20, 1 of 29.
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 20)).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) });
    expect(wilson(1, 29).low).toBeCloseTo(0.0061, 4);
  });

  it('counts trials that share everything as one', () => {
    const outcomes = Array.from({ length: 20 }, (_, cluster) =>
      Array.from({ length: 50 }, () => ({ cluster, hit: cluster < 10 })),
    ).flat();
    const { share: of, low, high } = share(outcomes, ({ hit }: { hit: boolean }) => hit, 20);
    expect(of).toBe(0.5);
    expect({ low, high }).toMatchObject(wilson(10, 20));
  });

  it('has an agreement that is chance where clusters know nothing of each other', () => {
    const outcomes = [0, 1].flatMap((cluster) => ['a', 'b'].map((call) => ({ cluster, call })));
    expect(agreement(outcomes, ({ call }: { call: string }) => call)).toBe(0.5);
  });

  it('finds quantiles and crossings by hand', () => {
    expect(quantileOf([4, 1, 3, 2], 0.5)).toBe(2);
    const at = (share: number[]) =>
      crossing([...share, ...effects.slice(share.length).map(() => 1)]);
    expect(at([0.05, 0.6, 1])).toBeCloseTo(0.0075, 12);
    expect(crossing(effects.map(() => 0.1))).toBeNull();
  });

  it('leaves runs out of the tally that were not judged', () => {
    const of = (outcome: string | null) => ({ outcome });
    expect(
      countOf(['pass', 'regression', 'insensitive', 'invalid', null, 'interrupted'].map(of)),
    ).toMatchObject({ alarms: 1, matrices: 3, notJudged: 3 });
  });
});
