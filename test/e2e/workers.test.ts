import { describe, expect, it } from 'vitest';
import type { JournalRow } from '../../src/model/journal.ts';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** Of all workers together: the geometric mean over launches. */
function ratePerSecond(slices: readonly Extract<JournalRow, { kind: 'slice' }>[]): number {
  const rates = [...new Set(slices.map(({ launch }) => launch))].map((launch) => {
    const own = slices.filter((slice) => slice.launch === launch);
    const ofWorkers = [...new Set(own.map(({ worker }) => worker))].map((worker) => {
      const its = own.filter((slice) => slice.worker === worker);
      return (
        (1e6 * sum(its.map(({ requests }) => requests))) / sum(its.map(({ wallUs }) => wallUs))
      );
    });
    return sum(ofWorkers);
  });
  return Math.exp(sum(rates.map(Math.log)) / rates.length);
}

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
    const rps = cell?.metrics.find(({ metric }) => metric === 'rps')?.candidate ?? 0;
    // What others disturbed is in the figures of each worker only.
    if (cell?.disturbance.rejectedSlices.candidate === 0) {
      const own = slices.filter(({ role }) => role === 'candidate');
      expect(rps).toBeCloseTo(ratePerSecond(own), 6);
      const ranges = cell.workers.candidate.map(({ rpsRange }) => rpsRange);
      expect(rps).toBeGreaterThanOrEqual(sum(ranges.map(([low]) => low)) * (1 - 1e-9));
      expect(rps).toBeLessThanOrEqual(sum(ranges.map(([, high]) => high)) * (1 + 1e-9));
    }
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
