import { columnsOf, dot, leastSquares, type Rows, times } from './least-squares.ts';

/**
 * The b ≥ 0 that makes |X b − y|² least, and which of its entries are above 0: among those it is the plain least-squares
 * solution, and so linear in y as long as y does not move far.
 *
 * A price below 0 is never the truth; it is what plain least squares answers where two units nearly always come together, with
 * a price above the truth for the other one.
 *
 * Lawson and Hanson's active sets (Solving Least Squares Problems, 1974, ch. 23). At the solution the gradient w = Xᵀ (y − X b) is
 * 0 where b is above 0 and not above 0 elsewhere. From b = 0: free the entry with the largest w, solve for all free ones;
 * where some would fall below 0, go only as far as the first that reaches it, fix that one again, and solve anew. Each round
 * lessens |X b − y|, so no set of free entries comes twice, and it ends.
 *
 * @param x columns that are no combinations of one another. @throws RangeError
 */
export function nonnegativeLeastSquares(x: Rows, y: readonly number[]): Nonnegative {
  const columns = columnsOf(x);
  let b = columns.map(() => 0);
  const free = new Set<number>();
  // Columns of different units have different lengths: a gradient counts by the column's own.
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)) || 1);
  const tolerance = 1e-10 * Math.sqrt(dot(y, y));
  for (;;) {
    const residual = times(x, b).map((value, i) => (y[i] ?? 0) - value);
    const [next] = columns
      .map((column, u) => ({ u, pull: dot(column, residual) / (lengths[u] ?? 1) }))
      .filter(({ u, pull }) => !free.has(u) && pull > tolerance)
      .sort((one, other) => other.pull - one.pull);
    if (next === undefined)
      return { solution: b, free: [...free].sort((one, other) => one - other) };
    free.add(next.u);
    for (;;) {
      const wanted = solvedFor([...free], x, y);
      const negative = [...free].filter((u) => (wanted[u] ?? 0) <= 0);
      if (negative.length === 0) {
        b = wanted;
        break;
      }
      const steps = negative.map((u) => (b[u] ?? 0) / ((b[u] ?? 0) - (wanted[u] ?? 0)));
      const step = Math.min(...steps);
      b = b.map((value, u) => (free.has(u) ? value + step * ((wanted[u] ?? 0) - value) : 0));
      for (const [i, u] of negative.entries()) {
        if (steps[i] !== step) continue;
        free.delete(u);
        b[u] = 0;
      }
    }
  }
}

export interface Nonnegative {
  readonly solution: readonly number[];
  /** Columns whose entry is above 0, in their order. */
  readonly free: readonly number[];
}

/** Least squares on some of the columns; the others have 0. */
function solvedFor(free: readonly number[], x: Rows, y: readonly number[]): number[] {
  const narrow = x.map((row) => free.map((u) => row[u] ?? 0));
  const solved = leastSquares(narrow, y);
  return (x[0] ?? []).map((_, u) => {
    const place = free.indexOf(u);
    return place === -1 ? 0 : (solved[place] ?? 0);
  });
}
