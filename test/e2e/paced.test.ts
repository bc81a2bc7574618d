import { cpSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

const freezing = fileURLToPath(new URL('../fixtures/server/freeze.mjs', import.meta.url));
const arms =
  'axes: { version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } }';
const compare = [
  'compare',
  '--no-profile',
  '--baseline',
  'a',
  '--candidate',
  'b',
  '--fail-on',
  'never',
  '--quiet',
];

async function run(folder: string, ...more: string[]) {
  const { code, stderr } = await bench([...compare, ...more], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { report: reportOf(folder), rows: journalOf(folder) };
}

describe('paced load', () => {
  it.each([
    ['{ model: constant-throughput, users: 20, perUser: 10 }', 20],
    ['{ model: open, rate: 200, arrivals: constant }', null],
    ['{ model: open, rate: 200, arrivals: poisson }', null],
  ])('%s: every mode keeps its promise, counted at both ends', async (load, users) => {
    const folder = freshFolder();
    const modes = [
      'keep-alive: { connection: { reuse: keep-alive } }',
      'resumed: { connection: { tls: 1.3, reuse: close, session: resumed } }',
    ].join(', ');
    writeMatrix(
      folder,
      `${arms}, mode: { ${modes} } }\nscenario: { load: ${load} }\nmeasure: { launches: 2, sliceTime: 800ms, warmup: 300ms }\n`,
    );
    const { report, rows } = await run(folder, '--workers', '2');
    for (const { contract, metrics, pace } of report.cells) {
      expect(contract.clauses.filter(({ state }) => state !== 'proven')).toEqual([]);
      const gating = metrics.flatMap(({ metric, gating: gates }) => (gates ? [metric] : []));
      expect(gating).toEqual(['cpuPerRequest', 'achievedRate']);
      expect(pace).toEqual({ intendedRate: 200, users, capacity: null });
    }
    const slices = rows.flatMap((row) => (row.kind === 'slice' ? [row] : []));
    expect(slices).toHaveLength(2 * 2 * 4 * 2);
    for (const { requests, counts } of slices) {
      expect(requests).toBeGreaterThan(0);
      // What the ramp sent, and what was in flight at the end, is counted and not measured.
      expect(counts?.requests ?? 0).toBeGreaterThan(requests);
    }
  });

  it('as a share of what the baseline can carry: measured once a cell, and recorded', async () => {
    const folder = freshFolder();
    const load = '{ model: constant-throughput, users: 50%, perUser: 100 }';
    writeMatrix(
      folder,
      `${arms} }\nscenario: { load: ${load} }\nmeasure: { launches: 2, sliceTime: 400ms, warmup: 300ms }\n`,
    );
    const { report, rows } = await run(folder);
    const found = rows.flatMap((row) => (row.kind === 'capacity' ? [row] : []));
    expect(found).toHaveLength(1);
    const [{ requestsPerSecond = 0, users = 0 } = {}] = found;
    expect(users).toBe(Math.round((0.5 * requestsPerSecond) / 100));
    expect(report.cells[0]?.pace).toEqual({
      ...{ users, intendedRate: users * 100, capacity: requestsPerSecond },
    });
  });

  it('says how many workers would do where the load generator is what is too slow', async () => {
    const folder = freshFolder();
    // Each request parses a bundle of certificates: nobody sends 5,000 a second so.
    const connection = "{ tls: '1.3', reuse: close, context: per-connection, ca: bundle }";
    const load = '{ model: constant-throughput, users: 10, perUser: 500 }';
    writeMatrix(
      folder,
      `${arms} }\nconnection: ${connection}\nscenario: { load: ${load} }\nmeasure: { launches: 2, sliceTime: 400ms, warmup: 300ms }\n`,
    );
    const { report } = await run(folder);
    const [cell] = report.cells;
    const achieved = cell?.metrics.find(({ metric }) => metric === 'achievedRate');
    expect(achieved?.baseline).toBeLessThan(2_500);
    const warning = cell?.warnings.find(({ code }) => code === 'generator-bound');
    // Only where others have our cores, on this machine or on its host, may it not be busy all the time, and so unproven.
    const { waited, stolen } = cell?.disturbance.shares ?? {};
    const crowded = (waited ?? 0) + (stolen ?? 0) > 0.025;
    const isBusy = Object.values(cell?.bottleneck ?? {}).some((end) => /client|both/.test(end));
    expect(isBusy || crowded).toBe(true);
    if (!isBusy) return;
    expect(warning?.message).toMatch(
      /^the load generator is the bottleneck \((baseline|candidate): 1 worker achieves \d+ % of 5000 requests\/s, \d+ workers would do/,
    );
  });

  it('counts a request that times out after its window was closed', async () => {
    const folder = freshFolder();
    cpSync(freezing, path.join(folder, 'freeze.mjs'));
    const target = "{ start: 'node freeze.mjs', env: { FREEZE_MS: '1500', FREEZE_EVERY: '60' } }";
    const load = '{ model: open, rate: 100 }';
    writeMatrix(
      folder,
      `${arms} }\ntarget: ${target}\nclient: { requestTimeout: 1s }\nscenario: { load: ${load} }\nmeasure: { launches: 2, sliceTime: 1s, warmup: 200ms }\n`,
    );
    const { report, rows } = await run(folder);
    expect(report.outcome).toBe('invalid');
    const slices = rows.flatMap((row) => (row.kind === 'slice' ? [row] : []));
    for (const { errors, counts } of slices) expect(errors).toBe(counts?.errors);
    expect(slices.reduce((sum, { errors }) => sum + errors, 0)).toBeGreaterThan(0);
  });

  it('shows a server that stands still where it is open, and hides it where it is closed', async () => {
    const p99 = async (load: string, every: number, sliceTime: string): Promise<number> => {
      const folder = freshFolder();
      cpSync(freezing, path.join(folder, 'freeze.mjs'));
      const env = `{ FREEZE_MS: '1000', FREEZE_EVERY: '${every}' }`;
      writeMatrix(
        folder,
        `${arms} }\ntarget: { start: 'node freeze.mjs', env: ${env} }\nscenario: { load: ${load} }\nmeasure: { launches: 2, sliceTime: ${sliceTime}, warmup: 200ms }\n`,
      );
      const { report } = await run(folder);
      const found = report.cells[0]?.metrics.find(({ metric }) => metric === 'latencyP99');
      return (found?.baseline ?? 0) / 1000;
    };
    // From when they were due: whatever would have come in that second waited for its end.
    expect(await p99('{ model: open, rate: 500 }', 700, '5s')).toBeGreaterThan(500);
    // Two connections wait, two requests of 20,000 are slow, and nobody else was sent.
    expect(await p99('{ model: closed, connections: 2 }', 20_000, '1s')).toBeLessThan(500);
  });
});
