import type { FinishRow, JournalRow, LaunchRow, NetworkRow, SliceRow } from '../model/journal.ts';
import type { ByRole, Role } from '../model/plan.ts';

/** One launch that counts: opened, measured and finished, and not void. */
export interface MeasuredLaunch {
  readonly opened: LaunchRow;
  readonly slices: readonly SliceRow[];
  /** Null where the kernel did not tell. */
  readonly network: ByRole<NetworkRow | null>;
  readonly finish: FinishRow;
}

/** The launches of a cell in the order in which they ran. */
export function launchesOf(cell: string, rows: readonly JournalRow[]): MeasuredLaunch[] {
  const opened = new Map<number, LaunchRow>();
  const slices = new Map<number, SliceRow[]>();
  const networks: NetworkRow[] = [];
  const finished: FinishRow[] = [];
  for (const row of rows) {
    if (!('cell' in row) || row.cell !== cell) continue;
    if (row.kind === 'launch') opened.set(row.launch, row);
    else if (row.kind === 'finish') finished.push(row);
    else if (row.kind === 'network') networks.push(row);
    else if (row.kind === 'slice') {
      const known = slices.get(row.launch);
      if (known === undefined) slices.set(row.launch, [row]);
      else known.push(row);
    }
  }
  return finished.flatMap((finish) => {
    const { launch } = finish;
    const start = opened.get(launch);
    if (start === undefined) return [];
    const rowOf = (role: Role): NetworkRow | null =>
      networks.find((row) => row.launch === launch && row.role === role) ?? null;
    const network = { baseline: rowOf('baseline'), candidate: rowOf('candidate') };
    return [{ opened: start, slices: slices.get(launch) ?? [], network, finish }];
  });
}
