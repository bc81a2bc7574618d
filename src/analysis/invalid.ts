import type { Contract } from '../contract/contract.ts';
import type { JournalRow } from '../model/journal.ts';
import type { Cell } from '../model/plan.ts';
import type { ArmTotals } from './arm-totals.ts';

/** Each says why a cell cannot be judged, or null. */

export function givenUp(cell: Cell, rows: readonly JournalRow[]): string | null {
  for (const row of rows) {
    if (row.kind !== 'give-up' || row.cell !== cell.id) continue;
    const tail = row.stderrTail.trim();
    return tail === '' ? row.reason : `${row.reason}\n${tail}`;
  }
  return null;
}

export const tooFew = (launches: number): string | null =>
  launches < 2 ? `${launches} launches were finished; a comparison needs two` : null;

export function brokenClause({ clauses }: Contract): string | null {
  const broken = clauses.find(({ state }) => state === 'broken');
  return broken === undefined
    ? null
    : `the contract is broken: ${broken.clause}: expected ${broken.expected}, observed ${broken.observed}`;
}

/** Of the baseline's requests; beyond it CPU per answered request describes the failures. */
const tolerableErrors = 0.01;

export function failing(
  baseline: readonly Pick<ArmTotals, 'requests' | 'errors'>[],
): string | null {
  const errors = baseline.reduce((sum, arm) => sum + arm.errors, 0);
  const requests = baseline.reduce((sum, arm) => sum + arm.requests, 0);
  return errors / (errors + requests) >= tolerableErrors
    ? `the baseline fails ${errors} of ${errors + requests} requests; make the scenario pass on it first`
    : null;
}
