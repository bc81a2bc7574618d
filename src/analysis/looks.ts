import type { JournalRow } from '../model/journal.ts';
import type { Looks } from '../stats/sequential.ts';

/**
 * The looks that were taken at a cell. One that decided its cell may spend no more than it was given: it was the
 * last because of what it showed. Whatever else ended the measuring (the budget, the planned number of
 * launches, an interruption) did not depend on the figures, and leaves all that remains to be spent; so does
 * giving up, which happens only where nothing is near to being proven.
 *
 * @param launches of this cell that counted.
 * @param most launches at which the plan would have ended.
 */
export function looksAt(
  cell: string,
  launches: number,
  most: number,
  rows: readonly JournalRow[],
): Looks {
  const taken: number[] = [];
  for (const row of rows) {
    if (row.kind !== 'look' || row.launches > launches) continue;
    taken.push(row.launches);
    const stopped = row.decided.find((decided) => decided.cell === cell);
    if (stopped !== undefined) {
      return { launches: rising(taken, row.launches), most, final: stopped.why === 'futile' };
    }
  }
  return { launches: rising(taken, launches), most: Math.max(most, launches), final: true };
}

const rising = (taken: readonly number[], last: number): Looks['launches'] => {
  const [first = last, ...rest] = [...new Set([...taken, last])].sort((a, b) => a - b);
  return [first, ...rest];
};
