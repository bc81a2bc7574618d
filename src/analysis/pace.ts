import type { JournalRow } from '../model/journal.ts';
import type { Pace } from '../model/report.ts';
import type { MeasuredLaunch } from './launches.ts';

/** What paced load was to send in a cell; null where there was no pace. */
export function paceOf(
  cell: string,
  launches: readonly MeasuredLaunch[],
  rows: readonly JournalRow[],
): Pace | null {
  const work = launches[0]?.opened.work;
  if (work?.kind !== 'windows' || work.intendedRate === null) return null;
  const capacity = rows.find((row) => row.kind === 'capacity' && row.cell === cell);
  return {
    intendedRate: work.intendedRate,
    users: work.slots,
    capacity: capacity?.kind === 'capacity' ? capacity.requestsPerSecond : null,
  };
}
