import type { StoredRow } from './stored.ts';

/**
 * What schema 6 did not have: versions of a server, so it ran from the matrix file's folder and nothing was set up; clients as
 * of a day, with dependencies pinned, so theirs were the newest; locustfiles; workers on other machines; engines that say
 * themselves what CPU they take; contract launches, so that targets which are not built in proved nothing.
 */
export function toSchema7(row: StoredRow): StoredRow {
  switch (row.kind) {
    case 'header': {
      const plan = row.plan as StoredRow;
      const cells = (plan.cells as readonly StoredRow[]).map((cell) => ({
        ...cell,
        arms: byRole(cell.arms, settings),
      }));
      return { ...row, schemaVersion: 7, plan: { ...plan, cells } };
    }
    case 'finish':
      return { ...row, arms: byRole(row.arms, finished) };
    default:
      return row;
  }
}

const settings = ({ client, target, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  client: { ...(client as StoredRow), asOf: null, with: {}, locustfile: null, remote: null },
  target: asIs(target as StoredRow),
});

const asIs = (target: StoredRow): StoredRow =>
  target.kind === 'start'
    ? { ...target, version: { kind: 'folder' }, setup: null, runtime: null, asOf: null, with: {} }
    : target;

const finished = ({ workers, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  workers: (workers as readonly StoredRow[]).map((worker) => ({ ...worker, claimedCpu: [] })),
});

const byRole = (stored: unknown, change: (of: StoredRow) => StoredRow): StoredRow => {
  const { baseline, candidate } = stored as StoredRow;
  return { baseline: change(baseline as StoredRow), candidate: change(candidate as StoredRow) };
};
