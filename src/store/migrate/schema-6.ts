import { part, parts, type StoredRow } from './stored.ts';

/**
 * What schema 5 did not have: origins of plans, so such a run cannot be continued; runs that are kept under a label, and
 * unpaired comparisons with them; requests that are weighted; limits; names that are looked up, so addresses were literal
 * and nothing was asked twice; counts by request, and those of the kernel.
 */
export function toSchema6(row: StoredRow): StoredRow {
  switch (row.kind) {
    case 'header':
      return { ...row, schemaVersion: 6, origin: null, plan: plan(part(row.plan)) };
    case 'launch':
      return { ...row, opened: byRole(row.opened, opened) };
    case 'slice':
      return {
        ...row,
        counts: counts(row.counts),
        targetCounts: counts(row.targetCounts),
        resolver: null,
      };
    case 'finish':
      return { ...row, arms: byRole(row.arms, finished) };
    case 'void':
      return { ...row, network: null };
    default:
      return row;
  }
}

const plan = ({ gate, cells, compare, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  label: null,
  compare: { ...part(compare), kind: 'paired', written: [] },
  cells: parts(cells).map((cell) => ({ ...cell, arms: byRole(cell.arms, settings) })),
  gate: { ...part(gate), limits: [] },
});

const settings = ({ scenario, connection, ...rest }: StoredRow): StoredRow => ({
  ...rest,
  scenario: { ...part(scenario), order: 'sequence' },
  connection: { ...part(connection), dns: { kind: 'literal' } },
});

const opened = ({ client, target }: StoredRow): StoredRow => ({
  client: counts(client),
  target: counts(target),
  resolver: null,
});

const finished = ({ workers, target }: StoredRow): StoredRow => ({
  workers: parts(workers).map((worker) => ({
    ...worker,
    whole: wholeCounts(worker.whole),
    replayed: null,
  })),
  target: { ...part(target), whole: counts(part(target).whole) },
});

const wholeCounts = (stored: unknown): StoredRow | null => {
  if (stored === null) return null;
  const { program, probes, ...rest } = part(stored);
  return { program: counts(program), probes: counts(probes), ...rest };
};

const counts = (stored: unknown): StoredRow | null =>
  stored === null ? null : { ...part(stored), lookupsAgain: 0 };

const byRole = (stored: unknown, change: (of: StoredRow) => StoredRow): StoredRow => {
  const { baseline, candidate } = part(stored);
  return { baseline: change(part(baseline)), candidate: change(part(candidate)) };
};
