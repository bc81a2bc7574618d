import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  bench,
  freshFolder,
  journalOf,
  reportOf,
  runFolder,
  writeMatrix,
} from '../support/bench.ts';

const preload = fileURLToPath(new URL('../fixtures/preload/burn.cjs', import.meta.url));
const env = (us: number): string =>
  `{ client: { env: { NODE_OPTIONS: '--require=${preload}', BURN_US: '${us}' } } }`;

describe('looks', () => {
  it('end the measuring of cells that are decided, and are kept in the journal', async () => {
    const folder = freshFolder();
    writeMatrix(
      folder,
      `
axes: { version: { idle: ${env(0)}, burning: ${env(3000)} } }
measure: { looks: [6, 9], sliceTime: 300ms, warmup: 200ms }
`,
    );
    const args = [
      'compare',
      '--no-profile',
      '--baseline',
      'idle',
      '--candidate',
      'burning',
      '--quiet',
    ];
    const { code, stdout } = await bench(args, folder);
    expect(code).toBe(1);
    const cell = reportOf(folder).cells[0];
    expect(cell?.launches).toBe(6);
    const primary = cell?.metrics.find(({ metric }) => metric === 'cpuPerRequest');
    expect(primary?.verdict).toBe('regression');
    // What the first look of two may show of such a change: proven, and wide.
    expect(primary?.change?.level).toBeGreaterThanOrEqual(0.95);
    expect(primary?.change?.low).toBeGreaterThan(1);
    expect(journalOf(folder).filter(({ kind }) => kind === 'look')).toEqual([
      { kind: 'look', launches: 6, decided: [{ cell: 'all', why: 'decided' }], next: [] },
    ]);

    const again = await bench(['report', path.basename(runFolder(folder))], folder);
    expect(again.stdout).toBe(stdout);
  });

  it('leave the end to the budget where nothing can be decided', async () => {
    const folder = freshFolder();
    // Within 0.01 % nothing can be proven, and two launches cannot see 5 %, so the cell is not given up either.
    writeMatrix(
      folder,
      `
axes: { version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } } }
gate: { margins: { cpuPerRequest: 0.01%, rps: 0.01% }, sensitivity: 5% }
measure: { looks: [2, 40], budget: 5s, sliceTime: 400ms, warmup: 100ms }
`,
    );
    await bench(
      ['compare', '--no-profile', '--baseline', 'a', '--candidate', 'b', '--quiet'],
      folder,
    );
    const { cells, state } = reportOf(folder);
    expect(state).toBe('complete');
    expect(journalOf(folder).filter(({ kind }) => kind === 'look')).toEqual([
      // Two launches do not tell how long they should be.
      { kind: 'look', launches: 2, decided: [], next: [{ cell: 'all', sliceTimeMs: 400 }] },
    ]);
    expect(cells[0]?.launches).toBeGreaterThanOrEqual(2);
    expect(cells[0]?.launches).toBeLessThan(40);
  });
});
