import { describe, expect, it } from 'vitest';
import {
  combinationInterval,
  combinationP,
  combine,
  type Weighted,
} from '../../../src/stats/combination.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { differenceP, meanDifference } from '../../../src/stats/welch.ts';
import { normals, share } from '../../support/normal.ts';

describe('combine', () => {
  const first = [1, 2, 4, 3];
  const second = [5, 9, 7];

  it("is Welch's difference where the weights are 1 and −1", () => {
    const found = combine([
      { weight: -1, sample: first },
      { weight: 1, sample: second },
    ]);
    const welch = meanDifference(first, second);
    expect(found.value).toBeCloseTo(welch.mean, 12);
    expect(found.se).toBeCloseTo(welch.se, 12);
    expect(found.df).toBeCloseTo(welch.df, 12);
    expect(combinationP(found)).toBeCloseTo(differenceP(welch), 12);
  });

  it('does not ask what has no weight', () => {
    const alone = combine([{ weight: 2, sample: first }]);
    expect(
      combine([
        { weight: 2, sample: first },
        { weight: 0, sample: [] },
      ]),
    ).toEqual(alone);
  });

  it('is known where nothing scatters', () => {
    const found = combine([{ weight: 3, sample: [2, 2] }]);
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
      const { low, high } = combinationInterval(combine(parts), 0.95);
      return low <= 2 && 2 <= high;
    });
    expect(covered).toBeGreaterThan(0.944);
    expect(covered).toBeLessThan(0.958);
  });
});
