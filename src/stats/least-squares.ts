/** A matrix by rows, all of one length. */
export type Rows = readonly (readonly number[])[];

/** Below this share of its own length what is left of a column is rounding: it is a combination of the others. */
const nothingLeft = 1e-9;

/**
 * The operator L with b = L y, where b is the least-squares solution of X b ≈ y: one row for each column of X, one
 * column for each observation. Because the solution is linear in y, the variance of b follows from that of y
 * without another formula:
 *
 *     var b(u) = Σ over i  L(u, i)² var y(i)        for independent y
 *
 * By modified Gram-Schmidt, X = Q R with orthonormal columns of Q, so that R b = Qᵀ y, solved from below. It is as accurate as
 * Householder's for least squares (Björck, BIT 7, 1967, 1–21), and columns here are few.
 *
 * @throws RangeError where a column is a combination of those before it: then no single b is the solution.
 */
export function leastSquaresOperator(x: Rows): number[][] {
  const observations = x.length;
  const columns = columnsOf(x);
  const q: number[][] = [];
  const r = columns.map((column) => {
    const left = [...column];
    const products = q.map((direction) => {
      const product = dot(direction, left);
      for (const [i, value] of direction.entries()) left[i] = (left[i] ?? 0) - product * value;
      return product;
    });
    const length = Math.sqrt(dot(left, left));
    if (!(length > nothingLeft * Math.sqrt(dot(column, column))))
      throw new RangeError('a column is a combination of the others');
    q.push(left.map((value) => value / length));
    return [...products, length];
  });
  const operator: number[][] = columns.map(() => []);
  for (let i = 0; i < observations; i += 1) {
    const b: number[] = columns.map(() => 0);
    for (let u = columns.length - 1; u >= 0; u -= 1) {
      let rest = q[u]?.[i] ?? 0;
      for (let v = u + 1; v < columns.length; v += 1) rest -= (r[v]?.[u] ?? 0) * (b[v] ?? 0);
      b[u] = rest / (r[u]?.[u] ?? 1);
      operator[u]?.push(b[u] ?? 0);
    }
  }
  return operator;
}

/**
 * How much of a column the others do not say: the length of what is left of it after least squares on them, as a share of its
 * own; 0 where it is a combination of them, 1 where it has nothing to do with them.
 */
export function shareLeft(column: readonly number[], others: Rows): number {
  const length = Math.sqrt(dot(column, column));
  if (length === 0) return 0;
  const q: number[][] = [];
  for (const other of [...others, column]) {
    const left = [...other];
    for (const direction of q) {
      const product = dot(direction, left);
      for (const [i, value] of direction.entries()) left[i] = (left[i] ?? 0) - product * value;
    }
    const remaining = Math.sqrt(dot(left, left));
    if (other === column) return remaining / length;
    if (remaining > nothingLeft * Math.sqrt(dot(other, other)))
      q.push(left.map((value) => value / remaining));
  }
  return 1;
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** The product of a matrix and a column. */
export const times = (x: Rows, b: readonly number[]): number[] => x.map((row) => dot(row, b));

export const columnsOf = (x: Rows): number[][] =>
  (x[0] ?? []).map((_, u) => x.map((row) => row[u] ?? 0));
