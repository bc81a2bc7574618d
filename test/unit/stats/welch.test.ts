import reference from '@stdlib/stats-base-dists-t';
import { describe, expect, it } from 'vitest';
import { type Random, randomFrom } from '../../../src/stats/random.ts';
import {
  detectableDifference,
  differenceEquivalenceP,
  differenceInterval,
  differenceP,
  type MeanDifference,
  meanDifference,
} from '../../../src/stats/welch.ts';
import { normals, share } from '../../support/normal.ts';

const trials = 20_000;

/** Two runs: launches and scatter of each. */
interface Runs {
  readonly n: readonly [number, number];
  readonly sd: readonly [number, number];
}

const drawn = (random: Random, { n, sd }: Runs, shift = 0): MeanDifference =>
  meanDifference(normals(random, n[0], 0, sd[0]), normals(random, n[1], shift, sd[1]));

const alike: Runs = { n: [8, 8], sd: [0.012, 0.012] };
const noisier: Runs = { n: [8, 8], sd: [0.01, 0.03] };
const fewer: Runs = { n: [5, 14], sd: [0.02, 0.01] };
const fewest: Runs = { n: [4, 4], sd: [0.01, 0.02] };
const designs = [alike, noisier, fewer, fewest];

describe('meanDifference', () => {
  // Student's sleep data and what R's t.test(extra ~ group, data = sleep) prints of them.
  const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

  it('agrees with R', () => {
    const difference = meanDifference(drug1, drug2);
    expect(difference.mean / difference.se).toBeCloseTo(1.8608, 4);
    expect(difference.df).toBeCloseTo(17.776, 3);
    expect(differenceP(difference)).toBeCloseTo(0.07939, 5);
    const { mean, low, high } = differenceInterval(difference, 0.95);
    expect(mean).toBeCloseTo(1.58, 10);
    expect(low).toBeCloseTo(-0.2054832, 6);
    expect(high).toBeCloseTo(3.3654832, 6);
  });

  it('agrees with the formulas written out and the reference distribution', () => {
    const random = randomFrom('welch', 'reference');
    for (const runs of designs) {
      const { mean, se, df } = drawn(random, runs, 0.01);
      const p = 2 * reference.cdf(-Math.abs(mean / se), df);
      expect(Math.abs(differenceP({ mean, se, df }) - p)).toBeLessThan(1e-9);
      const half = reference.quantile(0.995, df) * se;
      const { low, high } = differenceInterval({ mean, se, df }, 0.99);
      expect(low).toBeCloseTo(mean - half, 9);
      expect(high).toBeCloseTo(mean + half, 9);
    }
    // sd² 1 and 4 over n 2 and 3: v = ½, 4/3; df = (11/6)² / (¼ / 1 + (16/9) / 2)
    const { se, df } = meanDifference([0, Math.SQRT2], [-2, 0, 2]);
    expect(se).toBeCloseTo(Math.sqrt(11 / 6), 12);
    expect(df).toBeCloseTo(121 / 36 / (1 / 4 + 8 / 9), 12);
  });

  it('has the degrees of freedom of Student where both runs scatter alike, else fewer', () => {
    expect(meanDifference([1, 2, 3], [11, 12, 13]).df).toBeCloseTo(4, 12);
    expect(meanDifference([1, 2, 3], [5, 5, 5]).df).toBeCloseTo(2, 12);
    expect(meanDifference([1, 2, 3], [0, 1e-200, 2e-200]).df).toBeCloseTo(2, 12);
  });

  it('is sure of launches that agree to the last bit', () => {
    const same = meanDifference([0.1, 0.1, 0.1], [0.1, 0.1]);
    expect([same.mean, same.se, differenceP(same)]).toEqual([0, 0, 1]);
    const apart = meanDifference([0.1, 0.1, 0.1], [0.2, 0.2]);
    expect(differenceP(apart)).toBe(0);
    expect(differenceInterval(apart, 0.95)).toEqual({ mean: 0.1, low: 0.1, high: 0.1 });
    expect(detectableDifference(apart, { alpha: 0.05 })).toBe(0);
  });

  it.each([
    [[1], [1, 2]],
    [[1, 2], []],
    [
      [1, 2],
      [1, Number.NaN],
    ],
  ])('refuses %j and %j', (first, second) => {
    expect(() => meanDifference(first, second)).toThrow(RangeError);
  });

  it.each([0, 1, 95, Number.NaN])('refuses the level %d', (level) => {
    expect(() => differenceInterval(meanDifference([1, 2], [1, 2]), level)).toThrow(RangeError);
  });
});

describe('the interval and the test of a difference', () => {
  it.each(designs.map((runs) => [JSON.stringify(runs), runs] as const))(
    'keep 95 %% in A/A comparisons of %s',
    (_, runs) => {
      const random = randomFrom('welch', 'A/A', ...runs.n, ...runs.sd);
      let held = 0;
      const alarms = share(trials, () => {
        const difference = drawn(random, runs);
        const { low, high } = differenceInterval(difference, 0.95);
        const inside = low <= 0 && 0 <= high;
        if (inside) held += 1;
        const alarm = differenceP(difference) < 0.05;
        expect(alarm).toBe(!inside);
        return alarm;
      });
      // Standard error 0.15 points; the approximation itself is off by up to 0.6 where four or five launches scatter most.
      expect(Math.abs(alarms - 0.05)).toBeLessThan(Math.min(...runs.n) < 8 ? 0.01 : 0.006);
      expect(held / trials).toBeCloseTo(1 - alarms, 10);
    },
  );

  it('hold a change too, at a stricter level', () => {
    const random = randomFrom('welch', 'strict');
    const missed = share(trials, () => {
      const { low, high } = differenceInterval(drawn(random, alike, 0.05), 1 - 0.05 / 12);
      return low > 0.05 || high < 0.05;
    });
    // 0.42 % expected, standard error 0.05.
    expect(missed).toBeGreaterThan(0.0023);
    expect(missed).toBeLessThan(0.0063);
  });

  it('are needed: pooled variances raise false alarms where the run of fewer launches is the noisier', () => {
    const random = randomFrom('welch', 'pooled');
    const pooled = share(5_000, () => {
      const [a, b] = [normals(random, 5, 0, 0.02), normals(random, 14, 0, 0.01)];
      const squares = (of: readonly number[]): [number, number] => {
        const mean = of.reduce((sum, x) => sum + x, 0) / of.length;
        return [mean, of.reduce((sum, x) => sum + (x - mean) ** 2, 0)];
      };
      const [[meanA, ssA], [meanB, ssB]] = [squares(a), squares(b)];
      const t = (meanB - meanA) / Math.sqrt(((ssA + ssB) / 17) * (1 / 5 + 1 / 14));
      return 2 * reference.cdf(-Math.abs(t), 17) < 0.05;
    });
    expect(pooled).toBeGreaterThan(0.09);
  });
});

describe('differenceEquivalenceP', () => {
  const [low, high] = [Math.log(0.98), Math.log(1.02)];
  const proven = (runs: Runs, truth: number): number => {
    const random = randomFrom('welch', 'equivalence', truth, ...runs.sd);
    return share(
      trials,
      () => differenceEquivalenceP(drawn(random, runs, truth), low, high) < 0.05,
    );
  };

  it.each([
    ['lower', low],
    ['upper', high],
  ])('proves a change at the %s margin unchanged in 5 %%', (_, truth) => {
    const quiet: Runs = { n: [8, 10], sd: [0.004, 0.006] };
    expect(Math.abs(proven(quiet, truth) - 0.05)).toBeLessThan(0.006);
  });

  it('errs less often outside, and proves no change where the launches are quiet', () => {
    const quiet: Runs = { n: [8, 8], sd: [0.01, 0.01] };
    expect(proven(quiet, high * 1.5)).toBeLessThan(0.005);
    expect(proven(quiet, 0)).toBeGreaterThan(0.95);
    expect(proven({ n: [8, 8], sd: [0.05, 0.05] }, 0)).toBeLessThan(0.1);
  });

  it('is the larger of the two one-sided p', () => {
    const difference = { mean: 1, se: 0.5, df: 6.5 };
    expect(differenceEquivalenceP(difference, -1, 3)).toBeCloseTo(reference.cdf(-4, 6.5), 9);
    expect(differenceEquivalenceP(difference, -5, 2)).toBeCloseTo(reference.cdf(-2, 6.5), 9);
    expect(differenceEquivalenceP({ mean: 0, se: 0, df: 2 }, low, high)).toBe(0);
    expect(differenceEquivalenceP({ mean: high, se: 0, df: 2 }, low, high)).toBe(1);
    expect(() => differenceEquivalenceP(difference, 1, -1)).toThrow(RangeError);
  });
});

describe('detectableDifference', () => {
  it.each([
    [JSON.stringify(alike), alike],
    [JSON.stringify(noisier), noisier],
    [JSON.stringify(fewer), fewer],
  ])('is seen in nearly 80 %% of comparisons of %s', (_, { n, sd }) => {
    const runs = { n, sd };
    const [v1, v2] = [sd[0] ** 2 / n[0], sd[1] ** 2 / n[1]];
    // Of the scatter as it is, not as a sample shows it.
    const truth = {
      se: Math.sqrt(v1 + v2),
      df: (v1 + v2) ** 2 / (v1 ** 2 / (n[0] - 1) + v2 ** 2 / (n[1] - 1)),
    };
    for (const alpha of [0.05, 0.05 / 12]) {
      const shift = detectableDifference(truth, { alpha });
      const random = randomFrom('welch', 'power', alpha, ...n, ...sd);
      const seen = share(15_000, () => differenceP(drawn(random, runs, shift)) < alpha);
      // The df of a sample scatter, and at a strict level that costs up to 2.5 points.
      expect(Math.abs(seen - 0.8)).toBeLessThan(alpha === 0.05 ? 0.015 : 0.03);
    }
  });

  it('grows with power, and refuses what is none', () => {
    const difference = { se: 0.01, df: 12 };
    const at = (power: number): number => detectableDifference(difference, { alpha: 0.05, power });
    expect(at(0.9)).toBeGreaterThan(at(0.8));
    expect(() => at(0.4)).toThrow(RangeError);
    expect(() => detectableDifference(difference, { alpha: 0 })).toThrow(RangeError);
  });
});
