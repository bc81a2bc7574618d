interface Corrected {
  /** Smaller than alpha exactly when Holm rejects. */
  readonly adjusted: number;
  /** The comparison's own interval has the level 1 − alpha / divisor. */
  readonly divisor: number;
}

/**
 * Holm's step-down correction (Scand. J. Statist. 6, 1979, 65–70): the probability that any of the
 * comparisons in which nothing changed is called a change is at most alpha, whatever the others do
 * and however the comparisons depend on one another.
 *
 * With p₀ ≤ p₁ ≤ … ≤ pₘ₋₁, go up the ranks and reject while pᵢ < alpha / (m − i); the first rank k
 * that fails ends it. In one number per comparison:
 *
 *     adjustedᵢ = min(1, max over j ≤ i of (m − j) pⱼ)
 *
 * `divisor` is what makes interval and verdict agree. It is m − i up to and including rank k, and
 * stays m − k after it. The two-sided interval at level 1 − alpha / d leaves 0 out exactly when
 * p < alpha / d, so it has to be shown that this happens exactly for the rejected ranks:
 *
 *     i < k   rejected, which means pᵢ < alpha / (m − i), and d = m − i: leaves 0 out
 *     i = k   the first that fails: pₖ ≥ alpha / (m − k), and d = m − k: contains 0
 *     i > k   not rejected, whatever its p. pᵢ ≥ pₖ ≥ alpha / (m − k) = alpha / d: contains 0.
 *             (m − i would be too small: pᵢ < alpha / (m − i) can hold here.)
 *
 * And adjustedᵢ < alpha says the same: for i < k every term of the maximum is below alpha; from
 * k on the term (m − k) pₖ ≥ alpha is among them.
 *
 * Each interval holds its own true value at least as often as its level says. All of them at once
 * need not: the divisors were chosen after looking (simulated with alpha 0.05, 8 launches and clear
 * changes, some interval misses in 7 % of matrices). Joint cover would take m for every one, and then
 * an interval could contain 0 beside a verdict that says "changed".
 *
 * @param ps in 0 … 1, in any order; the result is in the same order. Equal values rank as given.
 * @param alpha family-wise error rate. @throws RangeError
 */
export function holm(ps: readonly number[], alpha: number): Corrected[] {
  const odd = ps.find((p) => !(p >= 0 && p <= 1));
  if (odd !== undefined) throw new RangeError(`a p lies within 0 … 1, not ${odd}`);
  const corrected: Corrected[] = ps.map(() => ({ adjusted: 1, divisor: ps.length }));
  const ascending = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  let adjusted = 0;
  let divisor = ps.length;
  for (const [rank, { p, index }] of ascending.entries()) {
    const left = ps.length - rank;
    if (adjusted < alpha) divisor = left;
    adjusted = Math.max(adjusted, Math.min(1, left * p));
    corrected[index] = { adjusted, divisor };
  }
  return corrected;
}
