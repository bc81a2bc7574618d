/**
 * One round of a weighted mix: for each turn the index of a request. Smooth weighted round robin, as nginx balances
 * upstreams: each turn every request gains its weight, the one that has most is sent and loses what all gained together.
 * After Σ weights turns all are back at zero, so rounds follow one another, and every stretch of that many requests holds
 * each exactly as often as its weight says.
 *
 * @param weights whole, 1 at least; a common divisor is taken out first, so that 200 : 100 is as short as 2 : 1.
 */
export function mixOf(weights: readonly number[]): readonly number[] {
  const divisor = weights.reduce(greatestCommonDivisor, 0);
  const shares = weights.map((weight) => weight / divisor);
  const turns = shares.reduce((sum, share) => sum + share, 0);
  const gained = shares.map(() => 0);
  return Array.from({ length: turns }, () => {
    shares.forEach((share, request) => {
      gained[request] = (gained[request] ?? 0) + share;
    });
    const next = gained.indexOf(Math.max(...gained));
    gained[next] = (gained[next] ?? 0) - turns;
    return next;
  });
}

export const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);
