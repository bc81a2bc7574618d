/** A matrix by rows, all of one length. */
export type Rows = readonly (readonly number[])[];

/** Below this share of its own length what is left of a column is rounding: it is a combination of the others. */
const nothingLeft = 1e-9;

/** X = Q R: columns of Q at right angles and of length 1, R by rows of what each column of X has of them. */
interface Decomposed {
  readonly q: readonly (readonly number[])[];
  /** For each column of X, its products with the columns of Q up to its own. */
  readonly r: readonly (readonly number[])[];
}

/**
 * By modified Gram-Schmidt, which is as accurate as Householder's for least squares (Björck, BIT 7, 1967, 1–21); columns here
 * are few. @throws RangeError where a column is a combination of those before it: then no single solution is the least.
 */
function decomposed(x: Rows): Decomposed {
  const q: number[][] = [];
  const r = columnsOf(x).map((column) => {
    const { left, products } = withoutDirections(column, q);
    const length = Math.sqrt(dot(left, left));
    if (!(length > nothingLeft * Math.sqrt(dot(column, column))))
      throw new RangeError('a column is a combination of the others');
    q.push(left.map((value) => value / length));
    return [...products, length];
  });
  return { q, r };
}

/** What a column has beside some directions, and how much of each. */
function withoutDirections(column: readonly number[], directions: Rows) {
  const left = [...column];
  const products = directions.map((direction) => {
    const product = dot(direction, left);
    for (let i = 0; i < left.length; i += 1)
      left[i] = (left[i] ?? 0) - product * (direction[i] ?? 0);
    return product;
  });
  return { left, products };
}

/** R b = Qᵀ y, solved from below. @param projected Qᵀ y */
function solved({ r }: Decomposed, projected: readonly number[]): number[] {
  const b = projected.map(() => 0);
  for (let u = projected.length - 1; u >= 0; u -= 1) {
    let rest = projected[u] ?? 0;
    for (let v = u + 1; v < projected.length; v += 1) rest -= (r[v]?.[u] ?? 0) * (b[v] ?? 0);
    b[u] = rest / (r[u]?.[u] ?? 1);
  }
  return b;
}

/** The b that makes |X b − y|² least. @throws RangeError where a column is a combination of others. */
export function leastSquares(x: Rows, y: readonly number[]): number[] {
  const parts = decomposed(x);
  return solved(
    parts,
    parts.q.map((direction) => dot(direction, y)),
  );
}

/**
 * The operator L with b = L y, where b is the least-squares solution of X b ≈ y: one row for each column of X, one
 * column for each observation. Because the solution is linear in y, the variance of b follows from that of y
 * without another formula:
 *
 *     var b(u) = Σ over i  L(u, i)² var y(i)        for independent y
 *
 * @throws RangeError as `leastSquares`.
 */
export function leastSquaresOperator(x: Rows): number[][] {
  const parts = decomposed(x);
  const columns = x.map((_, i) =>
    solved(
      parts,
      parts.q.map((direction) => direction[i] ?? 0),
    ),
  );
  return parts.q.map((_, u) => columns.map((column) => column[u] ?? 0));
}

/**
 * How much of a column the others do not say: the length of what is left of it after least squares on them, as a share of its
 * own; 0 where it is a combination of them, 1 where it has nothing to do with them.
 */
export function shareLeft(column: readonly number[], others: Rows): number {
  const length = Math.sqrt(dot(column, column));
  if (length === 0) return 0;
  const q: number[][] = [];
  for (const other of others) {
    const { left } = withoutDirections(other, q);
    const remaining = Math.sqrt(dot(left, left));
    if (remaining > nothingLeft * Math.sqrt(dot(other, other)))
      q.push(left.map((value) => value / remaining));
  }
  const { left } = withoutDirections(column, q);
  return Math.sqrt(dot(left, left)) / length;
}

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The product of a matrix and a column. */
export const times = (x: Rows, b: readonly number[]): number[] => x.map((row) => dot(row, b));

export const columnsOf = (x: Rows): number[][] =>
  (x[0] ?? []).map((_, u) => x.map((row) => row[u] ?? 0));
