import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bench, freshFolder, journalOf, reportOf, writeMatrix } from '../support/bench.ts';

const preload = (name: string): string =>
  `--require=${fileURLToPath(new URL(`../fixtures/preload/${name}.cjs`, import.meta.url))}`;

const matrixWith = (options: string, connection: string): string => `
axes:
  version:
    honest: { client: { env: { TRAP: none } } }
    trapped: { client: { env: { NODE_OPTIONS: '${options}' } } }
connection: ${connection}
gate: { sensitivity: 90% }
measure: { launches: 2, sliceTime: 200ms, warmup: 200ms }
`;

async function compareTrapped(name: string, connection: string) {
  const folder = freshFolder();
  writeMatrix(folder, matrixWith(preload(name), connection));
  const args = ['compare', '--baseline', 'honest', '--candidate', 'trapped', '--quiet'];
  return { ...(await bench(args, folder)), folder };
}

describe('a variant that does not do what it says is invalid, never slower or faster', () => {
  it('a finite maxSockets that turns close into keep-alive', async () => {
    const { code, folder } = await compareTrapped('finite-sockets', '{ reuse: close }');
    const cell = reportOf(folder).cells[0];
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.reason).toMatch(/candidate: connections: expected \d+: one per request/);
    expect(code).toBe(3);
  });

  it('sessions that are resumed without being asked for', async () => {
    const { code, folder } = await compareTrapped(
      'silent-resumption',
      '{ tls: 1.3, reuse: close }',
    );
    const cell = reportOf(folder).cells[0];
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.contract.clauses).toContainEqual(
      expect.objectContaining({ clause: 'candidate: resumption', state: 'broken' }),
    );
    expect(code).toBe(3);
  });

  it('a client that dies: its launch is void, repeated twice, and the cell given up with its last words', async () => {
    const { code, folder } = await compareTrapped('dies', '{ reuse: keep-alive }');
    const cell = reportOf(folder).cells[0];
    expect(cell?.verdict).toBe('invalid');
    expect(cell?.reason).toContain('exited with code 7');
    expect(cell?.reason).toContain('out of luck');
    expect(journalOf(folder).filter(({ kind }) => kind === 'void')).toHaveLength(3);
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
    const args = ['compare', '--baseline', 'sound', '--candidate', 'failing', '--quiet'];
    expect(await bench(args, folder)).toMatchObject({ code: 1, stderr: '' });
    const cell = reportOf(folder).cells[0];
    expect(cell?.contract.ok).toBe(true);
    expect(cell?.verdict).toBe('regression');
    const errors = cell?.metrics.find(({ metric }) => metric === 'errorRate');
    expect(errors).toMatchObject({ verdict: 'regression', gating: true, baseline: 0 });
    expect(errors?.candidate).toBeCloseTo(0.02, 2);
    const slices = journalOf(folder).flatMap((row) => (row.kind === 'slice' ? [row] : []));
    for (const { counts } of slices) expect(counts.bytesIn).toBe(counts.requests * 13);
  });
});

describe('the CPU meters', () => {
  it.each([
    ['client', 'cpuPerRequest'],
    ['target', 'targetCpuPerRequest'],
  ] as const)('see 5 ms burnt per request in the %s, and in nothing else', async (part, metric) => {
    const folder = freshFolder();
    const env = (us: number): string =>
      `{ ${part}: { env: { NODE_OPTIONS: '${preload('burn')}', BURN_US: '${us}' } } }`;
    writeMatrix(
      folder,
      `
axes: { version: { idle: ${env(0)}, burning: ${env(5000)} } }
gate: { sensitivity: 90% }
measure: { launches: 3, sliceTime: 1s, warmup: 300ms }
`,
    );
    const args = ['compare', '--baseline', 'idle', '--candidate', 'burning', '--quiet'];
    expect(await bench(args, folder)).toMatchObject({ code: 1, stderr: '' });
    const cell = reportOf(folder).cells[0];
    const found = cell?.metrics.find((comparison) => comparison.metric === metric);
    const burnt = (found?.candidate ?? 0) - (found?.baseline ?? 0);
    expect(burnt).toBeGreaterThan(4_900);
    expect(burnt).toBeLessThan(5_600);
    expect(cell?.bottleneck.candidate).toBe(part);
    expect(cell?.primary).toBe(metric);
  });
});
