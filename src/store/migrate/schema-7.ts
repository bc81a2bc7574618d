import { part, parts, type StoredRow } from './stored.ts';

/** What schema 6 did not have: several candidates, each with cells of its own. */
export const toSchema7 = (row: StoredRow): StoredRow =>
  row.kind === 'header' ? { ...row, schemaVersion: 7, plan: plan(part(row.plan)) } : row;

const plan = ({ cells, compare, ...rest }: StoredRow): StoredRow => {
  const { candidate, ...others } = part(compare);
  return {
    ...rest,
    compare: { ...others, candidates: [candidate] },
    cells: parts(cells).map((cell) => ({ ...cell, candidate })),
  };
};
