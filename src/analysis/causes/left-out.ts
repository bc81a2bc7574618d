import { combinationInterval, combine } from '../../stats/combination.ts';
import { dot, type Rows, shareLeft } from '../../stats/least-squares.ts';
import { trimmedMean, trimmedMoments } from '../../stats/trimmed.ts';
import { fitPrices, scaledRows } from './prices.ts';

/** Below this a price hangs on rounding. */
const known = 1e-3;

/** Relative, either way, at 95 %. What a prediction that its launches leave open by more misses is their noise, and tells nothing of prices. */
const widest = 0.15;

/**
 * CPU of one cell by prices from all others: whether prices add up, where nothing was fitted. Null where the others do not know a price
 * that it needs, or know it too badly: what a kept request costs, from cells that open a connection for every other one, is the
 * small difference of two large figures.
 *
 * @param perRequest rows are cells, columns items. @param cpu µs per request by launch, above 0, one sample for each cell.
 */
export function predictLeftOut(
  perRequest: Rows,
  cpu: readonly (readonly number[])[],
  cell: number,
): number | null {
  const others = (_: unknown, c: number): boolean => c !== cell;
  const [rows, samples] = [perRequest.filter(others), cpu.filter(others)];
  const costs = samples.map(trimmedMean);
  const own = perRequest[cell] ?? [];
  const present = own.map((_, u) => u).filter((u) => rows.some((row) => (row[u] ?? 0) !== 0));
  const scaled = scaledRows(rows, costs);
  const column = (u: number): number[] => scaled.map((row) => row[u] ?? 0);
  const isKnown = (u: number): boolean =>
    shareLeft(column(u), present.filter((v) => v !== u).map(column)) > known;
  if (!present.every(isKnown)) return null;
  if (own.some((n, u) => n !== 0 && !present.includes(u))) return null;

  const needed = present.map((u) => own[u] ?? 0);
  const { prices, weights } = fitPrices(
    rows.map((row) => present.map((u) => row[u] ?? 0)),
    costs,
  );
  const predicted = dot(needed, prices);
  // Σ n(u) p(u) is linear in the others' CPU, as each price is; one that was found to be 0 stays so.
  const used = needed.map((n, i) => ((prices[i] ?? 0) > 0 ? n : 0));
  const parts = samples.map((sample, c) => ({
    sample,
    weight: used.reduce((sum, n, i) => sum + n * (weights[i]?.[c] ?? 0), 0),
  }));
  const { low, high } = combinationInterval(combine(parts, trimmedMoments), 0.95);
  return (high - low) / 2 <= widest * predicted ? predicted : null;
}
