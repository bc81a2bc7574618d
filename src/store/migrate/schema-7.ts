import type { StoredRow } from './stored.ts';

/** What schema 6 did not have: clients as of a day, with dependencies pinned, so theirs were the newest. */
export function toSchema7(row: StoredRow): StoredRow {
  if (row.kind !== 'header') return row;
  const plan = row.plan as StoredRow;
  const cells = (plan.cells as readonly StoredRow[]).map(({ arms, ...cell }) => {
    const { baseline, candidate } = arms as StoredRow;
    return { ...cell, arms: { baseline: settings(baseline), candidate: settings(candidate) } };
  });
  return { ...row, schemaVersion: 7, plan: { ...plan, cells } };
}

const settings = (stored: unknown): StoredRow => {
  const { client, ...rest } = stored as StoredRow;
  return { ...rest, client: { ...(client as StoredRow), asOf: null, with: {} } };
};
