import { describe, expect, it } from 'vitest';
import { meanInterval, oneSampleT } from '../../../src/stats/interval.ts';
import { type Random, randomFrom } from '../../../src/stats/random.ts';
import { normal, normals, share } from '../../support/normal.ts';

const trials = 20_000;
// A share near 5 % of 20 000 trials has a standard error of 0.15 points; 0.6 is four of them.
const within = 0.006;

const coverage = (name: string, truth: number, launches: (random: Random) => number[]) => {
  const random = randomFrom('coverage', name);
  return share(trials, () => {
    const { low, high } = meanInterval(launches(random), 0.95);
    return low <= truth && truth <= high;
  });
};

describe('meanInterval', () => {
  it('agrees with a hand-worked sample', () => {
    // mean 3, sd √2.5, t(0.975, 4) = 2.776445: half = 2.776445 × √2.5 / √5 = 1.963243
    const { mean, low, high, sd, n, df } = meanInterval([1, 2, 3, 4, 5], 0.95);
    expect([mean, n, df]).toEqual([3, 5, 4]);
    expect(sd).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(low).toBeCloseTo(3 - 1.963243, 6);
    expect(high).toBeCloseTo(3 + 1.963243, 6);
  });

  it.each([3, 8, 16])('holds the true mean of %d normal launches in 95 %%', (n) => {
    const held = coverage(`normal ${n}`, 0.3, (random) => normals(random, n, 0.3, 2));
    expect(Math.abs(held - 0.95)).toBeLessThan(within);
  });

  it('keeps a stricter level too', () => {
    const random = randomFrom('coverage', 'strict');
    const missed = share(trials, () => {
      const { low, high } = meanInterval(normals(random, 6), 1 - 0.05 / 12);
      return low > 0 || high < 0;
    });
    // 0.42 % expected, standard error 0.05.
    expect(missed).toBeGreaterThan(0.0023);
    expect(missed).toBeLessThan(0.006);
  });

  it('errs on the long side with heavy tails: t with 3 degrees of freedom', () => {
    const heavy = (random: Random) => {
      const spread = Math.hypot(normal(random), normal(random), normal(random)) / Math.sqrt(3);
      return normal(random) / spread;
    };
    const held = coverage('t3', 0, (random) => Array.from({ length: 8 }, () => heavy(random)));
    expect(held).toBeGreaterThan(0.95);
    expect(held).toBeLessThan(0.975);
  });

  it('loses little to launches of which one in twenty is ten times as scattered', () => {
    const held = coverage('wild', 0, (random) =>
      Array.from({ length: 8 }, () => normal(random) * (random() < 0.05 ? 10 : 1)),
    );
    expect(held).toBeGreaterThan(0.944);
    expect(held).toBeLessThan(0.985);
  });

  it('is the point itself where all launches agree', () => {
    const { mean, low, high, sd } = meanInterval([0.1, 0.1, 0.1], 1 - 2 ** -53);
    expect([mean, low, high, sd]).toEqual([0.1, 0.1, 0.1, 0]);
  });

  it.each([[[]], [[1]], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])(
    'refuses the sample %j',
    (sample) => {
      expect(() => meanInterval(sample, 0.95)).toThrow(RangeError);
    },
  );

  it.each([0, 1, 95, Number.NaN])('refuses the level %d', (level) => {
    expect(() => meanInterval([1, 2], level)).toThrow(RangeError);
  });
});

describe('oneSampleT', () => {
  it('agrees with a hand-worked sample', () => {
    // t = 3 / (√2.5 / √5) = 3 √2; with df 4, P(T > t) = ½ − s (¾ − s²/4), s = t / √(4 + t²)
    const { t, df, p } = oneSampleT([1, 2, 3, 4, 5]);
    const s = t / Math.sqrt(4 + t * t);
    expect(t).toBeCloseTo(3 * Math.SQRT2, 12);
    expect(df).toBe(4);
    expect(p).toBeCloseTo(1 - s * (1.5 - (s * s) / 2), 12);
    expect(oneSampleT([1, 2, 3, 4, 5], 3)).toEqual({ t: 0, df: 4, p: 1 });
  });

  it.each([3, 6, 10])('raises a false alarm in 5 %% of A/A comparisons of %d launches', (n) => {
    const random = randomFrom('A/A', n);
    const alarms = share(trials, () => oneSampleT(normals(random, n, 0, 0.01)).p < 0.05);
    expect(Math.abs(alarms - 0.05)).toBeLessThan(within);
  });

  it('is sure of launches that agree to the last bit', () => {
    expect(oneSampleT([0, 0, 0])).toEqual({ t: 0, df: 2, p: 1 });
    expect(oneSampleT([0.1, 0.1, 0.1], 0.1)).toEqual({ t: 0, df: 2, p: 1 });
    expect(oneSampleT([0.1, 0.1, 0.1])).toEqual({ t: Number.POSITIVE_INFINITY, df: 2, p: 0 });
    expect(oneSampleT([-2, -2])).toEqual({ t: Number.NEGATIVE_INFINITY, df: 1, p: 0 });
  });
});
