import { findingsOf } from '../analysis/cell.ts';
import { judgeMatrix } from '../analysis/judge-matrix.ts';
import { standingOf } from '../analysis/stopping.ts';
import type { JournalRow, LookRow } from '../model/journal.ts';
import type { Cell, Plan } from '../model/plan.ts';

/** Judges the whole matrix by what is in the journal, and says which of the cells at hand need no more launches. */
export function look(
  plan: Plan,
  launches: number,
  measured: readonly Cell[],
  rows: readonly JournalRow[],
): LookRow {
  // This look counts as one that may not be the last: it spends no more than its share.
  const here: LookRow = { kind: 'look', launches, decided: measured.map(asDecided) };
  const known = [...rows, here];
  const { cells } = judgeMatrix(
    plan.cells.map((cell) => findingsOf(cell, plan, known)),
    plan.gate,
  );
  const most = Math.max(...plan.measure.looks);
  const decided = cells.flatMap((judged) => {
    const { cell } = judged.findings;
    const standing = standingOf(judged, plan.gate, most);
    return standing === 'open' || !measured.includes(cell)
      ? []
      : [{ cell: cell.id, why: standing }];
  });
  return { kind: 'look', launches, decided };
}

const asDecided = ({ id }: Cell) => ({ cell: id, why: 'decided' as const });
