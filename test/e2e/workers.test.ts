import { describe, expect, it } from 'vitest';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

describe('several workers', () => {
  it('are counted, metered and reported each on its own, and add up', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `
axes: { version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } } }
scenario: { load: { model: closed, connections: 4 } }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 300ms, warmup: 200ms }
`,
    );
    const args = [
      'compare',
      '--no-profile',
      '--baseline',
      'a',
      '--candidate',
      'b',
      '--workers',
      '3',
      '--quiet',
    ];
    expect((await bench([...args, '--fail-on', 'never'], folder)).code).toBe(0);
    const { cells, warnings } = reportOf(folder);
    const cell = cells[0];
    expect(cell?.contract.ok).toBe(true);
    expect(cell?.workers.baseline.map(({ worker }) => worker)).toEqual([0, 1, 2]);
    const rps = cell?.metrics.find(({ metric }) => metric === 'rps')?.candidate ?? 0;
    const sum = (cell?.workers.candidate ?? []).reduce((total, worker) => total + worker.rps, 0);
    // One is a geometric mean over launches, the other arithmetic.
    expect(sum / rps).toBeCloseTo(1, 1);

    for (const role of ['baseline', 'candidate'] as const) {
      const [low, high] = cell?.imbalance[role]?.range ?? [];
      expect(cell?.imbalance[role]?.mean).toBeGreaterThanOrEqual(low ?? Number.NaN);
      expect(cell?.imbalance[role]?.mean).toBeLessThanOrEqual(high ?? Number.NaN);
    }

    const rows = journalOf(folder);
    for (const row of rows) {
      if (row.kind !== 'launch') continue;
      const clients = row.processes.filter(({ part }) => part === 'client');
      expect(new Set(clients.map(({ pid }) => pid)).size).toBe(6);
      expect(row.opened.candidate.client?.requests).toBeGreaterThan(0);
      expect(row.opened.candidate.target?.connections).toBe(12);
    }
    const slices = rows.flatMap((row) => (row.kind === 'slice' ? [row] : []));
    const first = slices.filter((s) => s.launch === 1 && s.block === 0 && s.position === 0);
    expect(first.map(({ worker }) => worker)).toEqual([0, 1, 2]);
    expect(first.map(({ targetCpuUs }) => targetCpuUs === null)).toEqual([false, true, true]);
    const cores = rows.flatMap((row) =>
      row.kind === 'launch'
        ? row.processes.filter(({ part }) => part === 'client').map(({ core }) => core)
        : [],
    );
    expect(warnings.some(({ code }) => code === 'crowded')).toBe(new Set(cores).size < 3);
  });
});
