import type { JournalRow } from '../model/journal.ts';
import type { failureOf } from './failure.ts';
import type { Failure } from './replay.ts';

/** A launch that fails is repeated this often; then its cell is given up. */
const repeats = 2;

interface Tried {
  readonly launch: number;
  /** Null where it came to its end. */
  readonly failure: ReturnType<typeof failureOf> | null;
}

/**
 * A launch, and its repetitions while it fails.
 * @param before those that have failed already.
 * @returns those that failed; null where the cell was given up.
 */
export async function repeated(
  cell: string,
  before: readonly Failure[],
  tried: (attempt: number) => Promise<Tried>,
  write: (row: JournalRow) => void,
): Promise<readonly Failure[] | null> {
  const failed = [...before];
  while (failed.length <= repeats) {
    const attempt = failed.length;
    const { launch, failure } = await tried(attempt);
    if (failure === null) return failed;
    write({ kind: 'void', launch, cell, attempt, ...failure });
    failed.push(failure);
  }
  const { reason, stderrTail } = failed.at(-1) ?? { reason: 'unknown', stderrTail: '' };
  const why = `${repeats + 1} launches in a row failed; the last: ${reason}`;
  write({ kind: 'give-up', cell, reason: why, stderrTail });
  return null;
}
