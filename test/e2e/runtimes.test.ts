import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { BenchFailure } from '../../src/model/failure.ts';
import { cacheFolder } from '../../src/subject/cache.ts';
import { npmFor } from '../../src/subject/npm.ts';
import { installRuntime } from '../../src/subject/runtime.ts';
import { bench, freshFolder, reportOf, writeMatrix } from '../support/bench.ts';
import nodes from '../support/nodes.json' with { type: 'json' };

/** The executable of a Node; the test is skipped where the registry has none for this platform. */
async function installed(version: string, context: TestContext): Promise<string> {
  const world = {
    cache: cacheFolder(process.env),
    npm: npmFor(process.env, 'test'),
    ...{ platform: process.platform, arch: process.arch, unique: `${process.pid}.part` },
    progress: () => {},
  };
  try {
    return (await installRuntime({ kind: 'npm', version }, 'a', world)).file;
  } catch (error) {
    if (error instanceof BenchFailure) context.skip(error.message);
    throw error;
  }
}

/** Keep-alive and close in TLS 1.3. JSON is YAML and JavaScript too. */
const matrixOf = (version: Readonly<Record<string, object>>): string =>
  JSON.stringify({
    connection: { tls: '1.3' },
    axes: {
      version,
      reuse: {
        'keep-alive': { connection: { reuse: 'keep-alive' } },
        close: { connection: { reuse: 'close' } },
      },
    },
    gate: { sensitivity: '90%' },
    measure: { launches: 2, sliceTime: '200ms', warmup: '200ms' },
  });
const lenient = ['--fail-on', 'never', '--quiet'];

/** Every clause of every cell, and whether it is proven. */
const unproven = (folder: string): unknown[] =>
  reportOf(folder).cells.flatMap(({ id, contract }) =>
    contract.clauses.filter(({ state }) => state !== 'proven').map((clause) => ({ id, ...clause })),
  );

describe('bench itself', () => {
  it.for(nodes.bench)('measures, reports and gates under Node %s', async (version, context) => {
    const node = await installed(version, context);
    const folder = freshFolder();
    const arms = { a: { client: { env: { ARM: 'a' } } }, b: { client: { env: { ARM: 'b' } } } };
    const typed = `import { defineMatrix, type Matrix } from 'bench-matrix';
const matrix: Matrix = ${matrixOf(arms)};
export default defineMatrix(matrix);`;
    writeFileSync(path.join(folder, 'bench.matrix.ts'), typed);
    const compare = ['compare', '--no-profile', '--baseline', 'a', '--candidate', 'b', ...lenient];
    expect(await bench(compare, folder, {}, node)).toMatchObject({ code: 0, stderr: '' });
    const report = reportOf(folder);
    expect(report.state).toBe('complete');
    expect(report.environment?.node).toBe(version);
    expect(report.baseline.fingerprint.node).toBe(version);
    expect(report.cells.map(({ id, launches }) => [id, launches])).toEqual([
      ['reuse=keep-alive', 2],
      ['reuse=close', 2],
    ]);
    expect(unproven(folder)).toEqual([]);

    const again = ['report', 'latest', '--format', 'json', '--out', '-'];
    const printed = await bench(again, folder, {}, node);
    expect(JSON.parse(printed.stdout)).toEqual(report);
    const wrong = ['plan', '--baseline', 'a', '--candidate', 'nobody'];
    expect(await bench(wrong, folder, {}, node)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('workers', () => {
  it.for(nodes.workers)('keep every promise under Node %s and Node %s', async (pair, context) => {
    for (const version of pair) await installed(version, context);
    const [old = '', young = ''] = pair;
    const folder = freshFolder();
    const runtimes = pair.map((version) => [version, { client: { runtime: `node@${version}` } }]);
    writeMatrix(folder, matrixOf(Object.fromEntries(runtimes)));
    const compare = [
      'compare',
      '--no-profile',
      '--baseline',
      old,
      '--candidate',
      young,
      ...lenient,
    ];
    expect(await bench(compare, folder)).toMatchObject({ code: 0, stderr: '' });
    const { cells, baseline, candidate } = reportOf(folder);
    expect([baseline.fingerprint.node, candidate.fingerprint.node]).toEqual(pair);
    expect(cells.map(({ launches }) => launches)).toEqual([2, 2]);
    expect(cells.every(({ contract }) => contract.clauses.length > 0)).toBe(true);
    expect(unproven(folder)).toEqual([]);
  });
});
