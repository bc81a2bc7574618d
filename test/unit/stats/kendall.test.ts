import { describe, expect, it } from 'vitest';
import { kendallP } from '../../../src/stats/kendall.ts';

/** All orders of the items; equal items are told apart. */
function orders(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    orders(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]),
  );
}

/** |rising − falling pairs|, counted the plain way. */
const agreement = (values: readonly number[]) =>
  Math.abs(
    values
      .flatMap((x, i) => values.slice(i + 1).map((y) => Math.sign(y - x)))
      .reduce((a, b) => a + b, 0),
  );

describe('kendallP', () => {
  it.each([2, 3, 4, 5, 6])('is the share of all orders of %d values that agree as well', (n) => {
    const all = orders(Array.from({ length: n }, (_, i) => i));
    const scores = all.map(agreement);
    // Orders with the same agreement have the same p, so one of each is looked at.
    for (const score of new Set(scores)) {
      const share = scores.filter((other) => other >= score).length / scores.length;
      expect(kendallP(all[scores.indexOf(score)] ?? [])).toBeCloseTo(share, 12);
    }
  });

  it('equals the printed values for a strict order', () => {
    expect(kendallP([1, 2, 3, 4])).toBeCloseTo(2 / 24, 12);
    expect(kendallP([8, 7, 6, 5, 4, 3, 2, 1])).toBeCloseTo(2 / 40_320, 12);
  });

  it.each([[[1, 1, 2, 3, 4]], [[1, 1, 1, 2, 3]], [[1, 1, 2, 2, 3, 3]], [[5, 5, 5, 5]]])(
    'finds no more than its share of the orders of %j, which has ties',
    (items) => {
      const ps = orders(items).map(kendallP);
      for (const p of ps) {
        expect(ps.filter((other) => other <= p).length / ps.length).toBeLessThanOrEqual(p + 1e-12);
      }
    },
  );
});
