import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { JournalRow } from '../../src/model/journal.ts';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  writeMatrix,
} from '../support/bench.ts';

const preload = (name: string): string =>
  `--require=${fileURLToPath(new URL(`../fixtures/preload/${name}.cjs`, import.meta.url))}`;

const journalRun = (rows: readonly JournalRow[]): string =>
  rows.flatMap((row) => (row.kind === 'header' ? [row.id] : []))[0] ?? 'no header';

/** A sound variant beside one whose client or target is preloaded with a trap. */
const matrixWith = (part: 'client' | 'target', options: string, more: string): string => `
axes:
  version:
    sound: { ${part}: { env: { TRAP: none } } }
    trapped: { ${part}: { env: { NODE_OPTIONS: '${options}' } } }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 200ms, warmup: 200ms }
${more}
`;

async function compareTrapped(part: 'client' | 'target', name: string, more: string) {
  const folder = freshFolder();
  writeMatrix(folder, matrixWith(part, preload(name), more));
  const args = [
    'compare',
    '--no-profile',
    '--baseline',
    'sound',
    '--candidate',
    'trapped',
    '--quiet',
  ];
  const { code } = await bench(args, folder);
  return { code, cell: reportOf(folder).cells[0], journal: journalOf(folder) };
}

describe('a variant that does not do what it says is invalid, never slower or faster', () => {
  it('connections that the client does not know of', async () => {
    const { code, cell } = await compareTrapped(
      'client',
      'doubled-connections',
      'connection: { reuse: close }',
    );
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.reason).toMatch(/candidate: connections: expected \d+: one per request/);
    expect(code).toBe(3);
  });

  it('kept connections that are closed and opened again', async () => {
    const { code, cell } = await compareTrapped(
      'target',
      'closes-kept-connections',
      'connection: { reuse: keep-alive }',
    );
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.reason).toMatch(/candidate: connections: expected at most 8, kept/);
    expect(code).toBe(3);
  });

  it('sessions that are resumed without being asked for', async () => {
    const { code, cell } = await compareTrapped(
      'client',
      'silent-resumption',
      'connection: { tls: 1.3, reuse: close }',
    );
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.contract.clauses).toContainEqual(
      expect.objectContaining({ clause: 'candidate: resumption', state: 'broken' }),
    );
    expect(code).toBe(3);
  });
});

describe('a launch that fails is void, repeated twice, and its cell given up with the reason', () => {
  // Most of their time is that of deadlines.
  it.concurrent.each<['client' | 'target', string, string, string, RegExp]>([
    ['client', 'dies', '', 'a client that dies', /client of .* exited with code 7\nout of luck/],
    ['target', 'dies', '', 'a target that dies', /target of .* exited with code 7\nout of luck/],
    [
      'target',
      'refuses',
      '',
      'a target that refuses',
      /requests of a slice failed: .*ECONNREFUSED/,
    ],
    [
      'client',
      'hangs',
      'client: { requestTimeout: 400ms }',
      'a client that hangs',
      /client of .* did not answer within \d+ ms/,
    ],
    [
      'target',
      'hangs',
      'client: { requestTimeout: 400ms }',
      'a target that hangs',
      /target of .* did not answer within \d+ ms/,
    ],
  ])('%s %s', async (part, trap, more, _, reason) => {
    const { code, cell, journal } = await compareTrapped(part, trap, more);
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.reason).toMatch(reason);
    expect(journal.filter(({ kind }) => kind === 'void')).toHaveLength(3);
    expect(markedProcesses(journalRun(journal))).toEqual([]);
    expect(code).toBe(3);
  });
});

describe('a candidate that fails requests', () => {
  it('is a regression of the error rate, and its failures are in no other figure', async () => {
    const folder = freshFolder();
    const env = (options: string): string => `{ target: { env: { NODE_OPTIONS: '${options}' } } }`;
    writeMatrix(
      folder,
      `
axes: { version: { sound: ${env('--no-warnings')}, failing: ${env(preload('fails'))} } }
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 300ms, warmup: 200ms }
`,
    );
    const args = [
      'compare',
      '--no-profile',
      '--baseline',
      'sound',
      '--candidate',
      'failing',
      '--quiet',
    ];
    expect(await bench(args, folder)).toMatchObject({ code: 1, stderr: '' });
    const cell = reportOf(folder).cells[0];
    expect(cell?.contract.ok).toBe(true);
    expect(cell?.verdict).toBe('regression');
    const errors = cell?.metrics.find(({ metric }) => metric === 'errorRate');
    expect(errors).toMatchObject({ verdict: 'regression', gating: true, baseline: 0 });
    expect(errors?.candidate).toBeCloseTo(0.02, 2);
    const slices = journalOf(folder).flatMap((row) => (row.kind === 'slice' ? [row] : []));
    for (const { counts } of slices) expect(counts?.bytesIn).toBe((counts?.requests ?? 0) * 13);
  });
});
