import type { ContractRow } from '../model/contract.ts';
import type { JournalRow, VoidRow } from '../model/journal.ts';
import type { ByRole, Cell } from '../model/plan.ts';
import { type ArmTotals, armTotals } from './arm-totals.ts';
import { launchesOf, type MeasuredLaunch } from './launches.ts';
import { rejectedBlocks } from './rejection.ts';
import type { TargetReading } from './target-cpu.ts';

/** What one run has of a cell. */
export interface RunOfCell {
  readonly cell: Cell;
  readonly launches: readonly MeasuredLaunch[];
  /** Of each of these launches. */
  readonly totals: readonly ByRole<ArmTotals>[];
  /** What proved the contract of targets that do not count; null where there was no such launch. */
  readonly proof: ContractRow | null;
  /** Launches that do not count. */
  readonly failures: readonly VoidRow[];
}

/** @param finest what the target's CPU is read by at the finest */
export function runOfCell(
  cell: Cell,
  rows: readonly JournalRow[],
  finest: TargetReading = 'slices',
): RunOfCell {
  const launches = launchesOf(cell.id, rows);
  const totals = launches.map((launch) => {
    const rejected = new Set(rejectedBlocks(launch).map(({ block }) => block));
    return {
      baseline: armTotals(launch, 'baseline', rejected, finest),
      candidate: armTotals(launch, 'candidate', rejected, finest),
    };
  });
  const failures = rows.filter((row) => row.kind === 'void').filter((row) => row.cell === cell.id);
  const proof =
    rows.filter((row) => row.kind === 'contract').find((row) => row.cell === cell.id) ?? null;
  return { cell, launches, totals, proof, failures };
}
