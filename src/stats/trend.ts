import { median } from 'simple-statistics';
import { kendallP } from './kendall.ts';

/** With three values even a strict order has a p of 2 / 3!. */
const smallestWindow = 4;

/**
 * How often a window without trend may be called one. One number for all windows, chosen so:
 *
 * - The two errors cost differently. A trend that is not there costs one more warm-up slice, milli-
 *   seconds. A trend that is missed puts a process that is still warming up into the measurement. So
 *   the level is as lenient as it can be without ending at the warm-up's cap as a rule.
 * - At 0.05 a window of 4 could never trend: its smallest p is 2 / 4! = 0.083. At 0.1 each window can:
 *
 *       values          4      5      6      7      8
 *       |S| at least    6      8     11     13     16
 *       of              6     10     15     21     28
 *       p            .083   .083   .056   .069   .061
 *
 *   From 6 values on some pairs may disagree (2, 4 and 6), so that noise does not hide every drift.
 *
 * It holds where slices scatter independently. On a machine that wanders more windows look like a
 * trend (simulated: 15 to 19 % where neighbouring slices correlate by 0.5), and warm-up takes longer.
 */
const chance = 0.1;

/**
 * Whether the values, one per slice in the order of time, are still on their way somewhere. Ends
 * warm-up: called between slices for each arm, so the window is short (4 … 8).
 *
 * Both must hold. The drift matters: the Theil–Sen line (median of the slopes of all pairs; Sen,
 * J. Am. Stat. Assoc. 63, 1968, 1379–1389; bears 29 % of wild values) moves by more than `tolerance`
 * of the median from the first value to the last. And it is not chance: Kendall's exact test of the
 * order. The first alone would call every noisy window a trend, the second alone every tiny one.
 *
 * @param values four at least, of one sign, such as CPU per request; any unit.
 * @param tolerance relative: 0.01 ignores a drift of 1 % over the window.
 * @throws RangeError with fewer than four values: neither answer would be true.
 */
export function trends(values: readonly number[], tolerance: number): boolean {
  const n = values.length;
  if (n < smallestWindow) {
    throw new RangeError(`a trend needs ${smallestWindow} values or more, not ${n}`);
  }
  const drift = median(slopes(values)) * (n - 1);
  return Math.abs(drift) > tolerance * Math.abs(median(values)) && kendallP(values) <= chance;
}

const slopes = (values: readonly number[]): number[] =>
  values.flatMap((earlier, i) =>
    values.slice(i + 1).map((later, step) => (later - earlier) / (step + 1)),
  );
