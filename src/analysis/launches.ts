import type { FinishRow, JournalRow, LaunchRow, SliceRow } from '../model/journal.ts';

/** One launch that counts: opened, measured and finished, and not void. */
export interface MeasuredLaunch {
  readonly opened: LaunchRow;
  readonly slices: readonly SliceRow[];
  readonly finish: FinishRow;
}

/** The launches of a cell in the order in which they ran. */
export function launchesOf(cell: string, rows: readonly JournalRow[]): MeasuredLaunch[] {
  const opened = new Map<number, LaunchRow>();
  const slices = new Map<number, SliceRow[]>();
  const finished: FinishRow[] = [];
  for (const row of rows) {
    if (!('cell' in row) || row.cell !== cell) continue;
    if (row.kind === 'launch') opened.set(row.launch, row);
    else if (row.kind === 'finish') finished.push(row);
    else if (row.kind === 'slice') {
      const known = slices.get(row.launch);
      if (known === undefined) slices.set(row.launch, [row]);
      else known.push(row);
    }
  }
  return finished.flatMap((finish) => {
    const start = opened.get(finish.launch);
    return start === undefined
      ? []
      : [{ opened: start, slices: slices.get(finish.launch) ?? [], finish }];
  });
}
