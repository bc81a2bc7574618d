import { leastSquaresOperator, type Rows } from '../../stats/least-squares.ts';
import { nonnegativeLeastSquares } from '../../stats/nonnegative.ts';

/** Prices of one arm, and how each follows from the cells. */
export interface FittedPrices {
  /** µs, one for each item. */
  readonly prices: readonly number[];
  /**
   * d price(u) ÷ d CPU(c): one row for each item, one weight for each cell. For an item whose price is 0 they are those that it would have
   * if it were free of being 0 or more, so that they tell how much it may be.
   */
  readonly weights: Rows;
}

/**
 * Prices p ≥ 0 such that Σ over u of n(c, u) p(u) is near to CPU(c), in every cell by the relative error:
 *
 *     minimise  Σ over cells c  ( (CPU(c) − Σ n(c, u) p(u)) ÷ CPU(c) )²
 *
 * Cells differ by a factor of a thousand. Absolute errors would let the dearest one decide all prices, and a keep-alive request
 * could cost anything. With the rows divided by CPU(c) it is plain least squares; the divisors are taken as given, and so
 * prices are linear in the cells' CPU as long as the same prices stay above 0.
 *
 * @param perRequest rows are cells, columns items. @param cpu µs per request, above 0.
 */
export function fitPrices(perRequest: Rows, cpu: readonly number[]): FittedPrices {
  const scaled = scaledRows(perRequest, cpu);
  const { solution, free } = nonnegativeLeastSquares(
    scaled,
    cpu.map(() => 1),
  );
  const weights = solution.map((_, item) => {
    const used = free.includes(item) ? free : [...free, item];
    const operator = leastSquaresOperator(scaled.map((row) => used.map((u) => row[u] ?? 0)));
    return (operator[used.indexOf(item)] ?? []).map((weight, c) => weight / (cpu[c] ?? 1));
  });
  return { prices: solution, weights };
}

/** Each cell's row divided by its CPU, as the fit has it. */
export const scaledRows = (perRequest: Rows, cpu: readonly number[]): number[][] =>
  perRequest.map((row, c) => row.map((n) => n / (cpu[c] ?? 1)));
