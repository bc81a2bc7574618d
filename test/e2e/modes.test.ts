import { describe, expect, it } from 'vitest';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

/** Every reuse × TLS × session × context × CA mode of engine http, on Node 16 and on Node 20. */
const matrix = `
axes:
  version: { old: { client: { runtime: node@16.20.2 } }, new: { client: { runtime: node@20.20.2 } } }
  tls: { none: { connection: { tls: none } }, '1.2': { connection: { tls: 1.2 } }, '1.3': { connection: { tls: 1.3 } } }
  mode:
    keep-alive: { connection: { reuse: keep-alive } }
    close: { connection: { reuse: close } }
    resumed: { connection: { reuse: close, session: resumed } }
    every: { connection: { reuse: { every: 7 } } }
    every-resumed: { connection: { reuse: { every: 7 }, session: resumed, context: per-connection } }
    new-context: { connection: { reuse: close, context: per-connection } }
    new-context-resumed: { connection: { reuse: close, context: per-connection, session: resumed, ca: bundle } }
exclude:
  - { tls: none, mode: resumed }
  - { tls: none, mode: every-resumed }
  - { tls: none, mode: new-context }
  - { tls: none, mode: new-context-resumed }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 200ms, warmup: 200ms }
`;

describe('every mode that engine http claims', () => {
  it('keeps its promise, counted at both ends, on Node 16 and Node 20', async () => {
    const folder = freshFolder();
    writeMatrix(folder, matrix);
    const args = [
      'compare',
      '--no-profile',
      '--baseline',
      'old',
      '--candidate',
      'new',
      '--fail-on',
      'never',
      '--quiet',
    ];
    const { code, stderr } = await bench(args, folder);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = reportOf(folder);
    expect(report.cells).toHaveLength(17);
    const broken = report.cells.flatMap(({ id, contract }) =>
      contract.clauses
        .filter(({ state }) => state !== 'proven')
        .map((clause) => ({ id, ...clause })),
    );
    expect(broken).toEqual([]);
    for (const { workers } of report.cells) {
      expect(workers.baseline[0]?.rps).toBeGreaterThan(0);
      expect(workers.candidate[0]?.cpuUtilisation).toBeGreaterThan(0);
    }

    const rows = journalOf(folder);
    for (const row of rows) {
      if (row.kind !== 'launch') continue;
      const cores = (part: string) =>
        row.processes.filter((process) => process.part === part).map(({ core }) => core);
      expect(new Set([...cores('client'), ...cores('target')]).size).toBe(2);
    }
    const orders = rows.flatMap((row) => (row.kind === 'slice' ? [row] : []));
    const blocks = Object.values(groupByBlock(orders)).map((slices) =>
      slices.map(({ role }) => role[0]).join(''),
    );
    expect(new Set(blocks)).toEqual(new Set(['bccb', 'cbbc']));
  }, 240_000);
});

function groupByBlock<T extends { launch: number; block: number }>(rows: readonly T[]) {
  const groups: Record<string, T[]> = {};
  for (const row of rows) {
    const key = `${row.launch}/${row.block}`;
    groups[key] = [...(groups[key] ?? []), row];
  }
  return groups;
}
