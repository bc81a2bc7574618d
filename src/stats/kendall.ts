/**
 * Exact two-sided p of Kendall's S, the Mann–Kendall test for a trend: the share of all orders of n
 * values that would agree with one direction at least as well as the order in which these came.
 *
 * Of the n (n − 1) / 2 pairs, S counts those that rise minus those that fall. `against` are the pairs
 * that do not go with the majority, so |S| = n (n − 1) / 2 − 2 × against.
 *
 * A tied pair counts as against. Broken at random, ties would follow the distribution below exactly;
 * broken the unkind way they can only come out smaller. So with ties p errs upwards: a trend may be
 * denied, but is not invented. (Counting them neither way, as S does, gives 1 1 2 3 a p of 0.083,
 * where 2 of its 12 orders are as good, 0.167.)
 */
export function kendallP(values: readonly number[]): number {
  let rises = 0;
  let falls = 0;
  let pairs = 0;
  for (const [i, earlier] of values.entries()) {
    for (const later of values.slice(i + 1)) {
      pairs++;
      if (later > earlier) rises++;
      if (later < earlier) falls++;
    }
  }
  const against = pairs - Math.max(rises, falls);
  let tail = 0;
  for (const share of fallingPairs(values.length).slice(0, against + 1)) tail += share;
  // Both directions; when half of the pairs are against, that counts the middle twice.
  return Math.min(1, 2 * tail);
}

/**
 * P(falling pairs = 0, 1, 2, …) in a random order of n different values. Put them in one by one,
 * smallest first: the j-th has j places to go, each equally likely, and makes 0 … j − 1 falling pairs
 * whatever those before it did. So the count is a sum of independent uniform numbers, and its
 * distribution is built by convolution (Kendall, Biometrika 30, 1938, 81–93).
 */
function fallingPairs(n: number): number[] {
  let shares = [1];
  for (let j = 2; j <= n; j++) {
    const before = shares;
    shares = Array.from({ length: before.length + j - 1 }, (_, count) => {
      let share = 0;
      for (let made = 0; made < j; made++) share += (before[count - made] ?? 0) / j;
      return share;
    });
  }
  return shares;
}
