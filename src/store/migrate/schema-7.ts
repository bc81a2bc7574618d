import type { StoredRow } from './stored.ts';

/** What schema 6 did not have: versions of a server, so it ran from the matrix file's folder and nothing was set up. */
export const toSchema7 = (row: StoredRow): StoredRow =>
  row.kind === 'header' ? { ...row, schemaVersion: 7, plan: plan(part(row.plan)) } : row;

const plan = ({ cells, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  cells: (cells as readonly StoredRow[]).map((cell) => {
    const { baseline, candidate } = part(cell.arms);
    return { ...cell, arms: { baseline: arm(part(baseline)), candidate: arm(part(candidate)) } };
  }),
});

const arm = ({ target, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  target: asIs(part(target)),
});

const asIs = (target: StoredRow): StoredRow =>
  target.kind === 'start'
    ? { ...target, version: { kind: 'folder' }, setup: null, runtime: null, asOf: null, with: {} }
    : target;

const part = (stored: unknown): StoredRow => stored as StoredRow;
