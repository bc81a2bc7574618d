/** When a run would have said `regression`, had somebody asked at each of its looks. */
import { findingsOf } from '../../dist/analysis/cell.js';
import { judgeMatrix } from '../../dist/analysis/judge-matrix.js';

/**
 * The journal has a row for each look but the last, which is the report's.
 * @returns {{ launches: number, seconds: number } | null} seconds from the start of the command
 */
export function firstCall({ header, rows, startedAt }) {
  // Launches are timed from the first one, which follows the header by the making of certificates: 0.1 s.
  const preparedMs = Date.parse(header.createdAt) - startedAt;
  for (const seen of asOfEachLook(header.plan, rows)) {
    const last = seen.findLast(({ kind }) => kind === 'finish');
    const launches = callsAt(header.plan, seen);
    if (last === undefined || launches === null) continue;
    return { launches, seconds: (preparedMs + last.endedMs) / 1000 };
  }
  return null;
}

/** A look that is not the last spends only its share of the error: as src/campaign/look.ts says it. */
function asOfEachLook({ cells }, rows) {
  const decided = cells.map(({ id }) => ({ cell: id, why: 'decided' }));
  const early = rows.flatMap((row, index) =>
    row.kind === 'look' ? [[...rows.slice(0, index), { ...row, decided }]] : [],
  );
  return [...early, rows];
}

/** @returns {number | null} launches of the cell in which a gating metric is a regression */
function callsAt(plan, rows) {
  const findings = plan.cells.map((cell) => findingsOf(cell, plan, rows));
  const called = judgeMatrix(findings, plan.gate).cells.find(({ metrics }) =>
    metrics.some(({ gating, verdict }) => gating && verdict === 'regression'),
  );
  return called === undefined ? null : called.findings.launches.length;
}
