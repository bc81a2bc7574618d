import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  combinationInterval,
  combinationP,
  combine,
  type Weighted,
} from '../../../src/stats/combination.ts';
import { moments } from '../../../src/stats/moments.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { trimmedMoments } from '../../../src/stats/trimmed.ts';
import { differenceP, meanDifference } from '../../../src/stats/welch.ts';
import { normals, share } from '../../support/normal.ts';

describe('combine', () => {
  const first = [1, 2, 4, 3];
  const second = [5, 9, 7];

  it("is Welch's difference where the weights are 1 and −1", () => {
    const parts = [
      { weight: -1, sample: first },
      { weight: 1, sample: second },
    ];
    const found = combine(parts, moments);
    const welch = meanDifference(first, second);
    expect(found.value).toBeCloseTo(welch.mean, 12);
    expect(found.se).toBeCloseTo(welch.se, 12);
    expect(found.df).toBeCloseTo(welch.df, 12);
    expect(combinationP(found)).toBeCloseTo(differenceP(welch), 12);
  });

  it('does not ask what has no weight', () => {
    const known = { weight: 2, sample: first };
    const alone = combine([known], moments);
    expect(combine([known, { weight: 0, sample: [] }], moments)).toEqual(alone);
  });

  it('is known where nothing scatters', () => {
    const found = combine([{ weight: 3, sample: [2, 2] }], moments);
    expect(found).toMatchObject({ value: 6, se: 0 });
    expect(combinationP(found)).toBe(0);
  });

  it('has intervals that hold the truth as often as they say, whatever scatters more', () => {
    const random = randomFrom('combination', 'coverage');
    const covered = share(20_000, () => {
      const parts: Weighted[] = [
        { weight: 0.5, sample: normals(random, 6, 2, 0.1) },
        { weight: 0.5, sample: normals(random, 8, 4, 0.4) },
        { weight: -1, sample: normals(random, 12, 1, 0.2) },
      ];
      const { low, high } = combinationInterval(combine(parts, moments), 0.95);
      return low <= 2 && 2 <= high;
    });
    expect(covered).toBeGreaterThan(0.944);
    expect(covered).toBeLessThan(0.958);
  });

  // A cell is launched in a bad minute now and then: what its mean pays for that, its trimmed mean does not.
  it('by trimmed means is nearer to the truth than by means where one launch in ten is far off', () => {
    const random = randomFrom('combination', 'trimmed');
    const draws = Array.from({ length: 4_000 }, () => {
      const parts = [1, 2].map((truth): Weighted => {
        const sample = normals(random, 8, truth, 0.05 * truth);
        return { weight: 1, sample: sample.map((x) => (random() < 0.1 ? x * 1.8 : x)) };
      });
      return { trimmed: combine(parts, trimmedMoments), plain: combine(parts, moments) };
    });
    const squared = (of: 'trimmed' | 'plain') =>
      mean(draws.map((draw) => (draw[of].value - 3) ** 2));
    expect(squared('trimmed') / squared('plain')).toBeLessThan(0.4);
    const covered = draws.filter(({ trimmed }) => {
      const { low, high } = combinationInterval(trimmed, 0.95);
      return low <= 3 && 3 <= high;
    });
    expect(covered.length / draws.length).toBeGreaterThan(0.93);
  });
});
