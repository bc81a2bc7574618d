import { findingsOf } from '../analysis/cell.ts';
import { judgeMatrix } from '../analysis/judge-matrix.ts';
import { launchLength } from '../analysis/launch-length.ts';
import { standingOf } from '../analysis/stopping.ts';
import type { JournalRow, LookRow } from '../model/journal.ts';
import type { Cell, Plan } from '../model/plan.ts';

/**
 * Judges the whole matrix by what is in the journal, and says which of the cells at hand need no more launches,
 * and how long the launches of the others are to be.
 * @param leftMs of the budget.
 */
export function look(
  plan: Plan,
  launches: number,
  measured: readonly Cell[],
  rows: readonly JournalRow[],
  leftMs: number,
): LookRow {
  // This look counts as one that may not be the last: it spends no more than its share.
  const here: LookRow = { kind: 'look', launches, decided: measured.map(asDecided), next: [] };
  const known = [...rows, here];
  const { cells } = judgeMatrix(
    plan.cells.map((cell) => findingsOf(cell, plan, known)),
    plan.gate,
  );
  const most = Math.max(...plan.measure.looks);
  const decided = cells.flatMap((judged) => {
    const { cell } = judged.findings;
    const standing = standingOf(judged, plan.gate, most);
    return standing === 'open' || measured.every(({ id }) => id !== cell.id)
      ? []
      : [{ cell: cell.id, why: standing }];
  });
  const open = measured.filter(({ id }) => decided.every(({ cell }) => cell !== id));
  const roomMs = leftMs / (open.length * (most - launches));
  const next = open.map((cell) => ({
    cell: cell.id,
    sliceTimeMs: launchLength(cell, plan, rows, roomMs),
  }));
  return { kind: 'look', launches, decided, next };
}

const asDecided = ({ id }: Cell) => ({ cell: id, why: 'decided' as const });
