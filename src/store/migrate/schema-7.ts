import { part, parts, type StoredRow } from './stored.ts';

/**
 * What schema 6 did not have: several candidates, each with cells of its own; versions of a server, so it ran from the matrix
 * file's folder and nothing was set up; clients as of a day, with dependencies pinned, so theirs were the newest; locustfiles;
 * workers on other machines; engines that say themselves what CPU they take; contract launches, so that targets which are not
 * built in proved nothing.
 */
export function toSchema7(row: StoredRow): StoredRow {
  switch (row.kind) {
    case 'header':
      return { ...row, schemaVersion: 7, plan: plan(part(row.plan)) };
    case 'finish':
      return { ...row, arms: byRole(row.arms, finished) };
    default:
      return row;
  }
}

const plan = ({ cells, compare, ...rest }: StoredRow): StoredRow => {
  const { candidate, ...others } = part(compare);
  return {
    ...rest,
    compare: { ...others, candidates: [candidate] },
    cells: parts(cells).map((cell) => ({ ...cell, candidate, arms: byRole(cell.arms, settings) })),
  };
};

const settings = ({ client, target, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  client: { ...part(client), asOf: null, with: {}, locustfile: null, remote: null },
  target: asIs(part(target)),
});

const asIs = (target: StoredRow): StoredRow =>
  target.kind === 'start'
    ? { ...target, version: { kind: 'folder' }, setup: null, runtime: null, asOf: null, with: {} }
    : target;

const finished = ({ workers, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  workers: parts(workers).map((worker) => ({ ...worker, claimedCpu: [] })),
});

const byRole = (stored: unknown, change: (of: StoredRow) => StoredRow): StoredRow => {
  const { baseline, candidate } = part(stored);
  return { baseline: change(part(baseline)), candidate: change(part(candidate)) };
};
