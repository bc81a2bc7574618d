import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnsOf,
  dot,
  leastSquaresOperator,
  shareLeft,
  times,
} from '../../../src/stats/least-squares.ts';
import { nonnegativeLeastSquares } from '../../../src/stats/nonnegative.ts';
import { type Random, randomFrom } from '../../../src/stats/random.ts';
import { normals } from '../../support/normal.ts';

const rowsOf = (random: Random, rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, () => normals(random, columns, 0, 1));

const residual = (x: number[][], y: readonly number[], b: readonly number[]): number[] =>
  times(x, b).map((value, i) => (y[i] ?? 0) - value);

const seeds = fc.integer({ min: 0, max: 1e6 });

describe('leastSquaresOperator', () => {
  it("fits Anscombe's first line as R's lm does", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const [intercept, slope] = times(leastSquaresOperator(x.map((value) => [1, value])), y);
    expect(intercept).toBeCloseTo(3.0000909, 6);
    expect(slope).toBeCloseTo(0.5000909, 6);
  });

  it('leaves nothing that a column could still explain', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 4 }),
        (seed, k, more) => {
          const random = randomFrom('least-squares', seed);
          const x = rowsOf(random, k + more, k);
          const y = normals(random, k + more, 0, 1);
          const left = residual(x, y, times(leastSquaresOperator(x), y));
          for (const column of columnsOf(x)) expect(Math.abs(dot(column, left))).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('keeps eight digits where columns differ by a factor of a million', () => {
    const x = [
      [1, 1e6],
      [1, 2e6],
      [1, 4e6],
    ];
    const [one, other] = times(leastSquaresOperator(x), times(x, [3, 5e-6]));
    expect(one).toBeCloseTo(3, 8);
    expect((other ?? 0) * 1e6).toBeCloseTo(5, 8);
  });

  it('refuses a column that is a combination of others', () => {
    const x = [
      [1, 2, 3],
      [2, 1, 3],
      [5, 5, 10],
      [1, 0, 1],
    ];
    expect(() => leastSquaresOperator(x)).toThrow(/combination/);
  });
});

describe('shareLeft', () => {
  it('is 0 of a combination, 1 of what has nothing to do with the others', () => {
    expect(
      shareLeft(
        [3, 3, 0],
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
      ),
    ).toBeLessThan(1e-12);
    expect(
      shareLeft(
        [0, 0, 7],
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
      ),
    ).toBeCloseTo(1, 12);
    expect(shareLeft([1, 0, 1], [[1, 0, 0]])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(shareLeft([0, 0, 0], [])).toBe(0);
  });

  it('takes others that are combinations of one another', () => {
    expect(
      shareLeft(
        [1, 1, 1],
        [
          [1, 0, 0],
          [2, 0, 0],
          [0, 1, 0],
        ],
      ),
    ).toBeCloseTo(Math.sqrt(1 / 3), 12);
  });
});

describe('nonnegativeLeastSquares', () => {
  it('is plain least squares where no price would be below 0', () => {
    const x = [
      [1, 0],
      [1, 1],
      [1, 3],
    ];
    const { solution, free } = nonnegativeLeastSquares(x, [2, 5, 11]);
    expect(solution[0]).toBeCloseTo(2, 10);
    expect(solution[1]).toBeCloseTo(3, 10);
    expect(free).toEqual([0, 1]);
  });

  it('is as good as the best of all sets of columns that could be free', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 4 }), (seed, k) => {
        const random = randomFrom('nonnegative', seed);
        const x = rowsOf(random, k + 2, k);
        const y = normals(random, k + 2, 0, 1);
        const { solution, free } = nonnegativeLeastSquares(x, y);
        expect(solution.every((value) => value >= 0)).toBe(true);
        for (const [u, value] of solution.entries()) expect(value > 0).toBe(free.includes(u));
        const size = (b: readonly number[]): number => {
          const left = residual(x, y, b);
          return dot(left, left);
        };
        // Every set of columns, solved plainly: those without a price below 0 are what could have been said.
        const sets = Array.from({ length: 2 ** k }, (_, bits) =>
          Array.from({ length: k }, (_, u) => u).filter((u) => (bits >> u) % 2 === 1),
        );
        const others = sets.flatMap((set) => {
          const b = times(leastSquaresOperator(x.map((row) => set.map((u) => row[u] ?? 0))), y);
          if (b.some((value) => value < 0)) return [];
          return [Array.from({ length: k }, (_, u) => b[set.indexOf(u)] ?? 0)];
        });
        for (const b of others) expect(size(solution)).toBeLessThanOrEqual(size(b) + 1e-9);
      }),
    );
  });
});
