import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bench, freshFolder, reportOf, writeMatrix } from '../support/bench.ts';
import { startRegistry } from '../support/registry.ts';
import { write } from '../support/repository.ts';

const briefly = ['--launches', '2', '--fail-on', 'never', '--set', 'measure.sliceTime=300ms'];

async function compare(folder: string, args: readonly string[], env: Record<string, string> = {}) {
  const cache = freshFolder();
  const all = ['compare', '--no-profile', '--quiet', ...briefly, ...args];
  const { code, stderr } = await bench(all, folder, { BENCH_CACHE: cache, ...env });
  return {
    code,
    stderr,
    left: readdirSync(cache).flatMap((of) => readdirSync(path.join(cache, of))),
  };
}

describe('two releases of a framework', () => {
  it('are compared by one command and no file', async () => {
    const folder = freshFolder();
    const cell = ['--only', 'tls=none,reuse=keep-alive'];
    const args = ['--baseline', 'npm:koa@2', '--candidate', 'npm:koa@3', ...cell];
    expect(await compare(folder, args)).toEqual({ code: 0, stderr: '', left: [] });
    const { matrix, compare: compared, baseline, candidate, differences, cells } = reportOf(folder);
    expect({ name: matrix.name, side: compared.side }).toEqual({
      ...{ name: 'frameworks', side: 'target' },
    });
    expect(baseline.fingerprint['target package']).toMatch(/^koa@2\.\d+\.\d+$/);
    expect(candidate.fingerprint['target package']).toMatch(/^koa@3\.\d+\.\d+$/);
    expect(baseline.fingerprint['target integrity']).toMatch(/^sha512-/);
    expect(baseline.fingerprint['target dependency koa-compose']).toBeDefined();
    const differing = differences.map(({ key }) => key);
    expect(differing).toContain('target dependency koa');
    expect(differing.filter((key) => !key.startsWith('target '))).toEqual([]);
    expect(cells.map(({ contract }) => contract.ok)).not.toContain(false);
    expect(cells.map(({ verdict }) => verdict)).not.toContain('invalid');
  });

  it.each([
    ['express', 'hono'],
    ['fastify', 'koa'],
  ])('%s and %s serve the same bytes, over TLS as without', async (baseline, candidate) => {
    const folder = freshFolder();
    const only = ['--only', 'tls=1.3,reuse=close', '--only', 'tls=none,reuse=keep-alive'];
    const named = ['--matrix', 'frameworks', '--baseline', baseline, '--candidate', candidate];
    const { code, stderr, left } = await compare(folder, [...named, ...only]);
    expect({ code, stderr, left }).toEqual({ code: 0, stderr: '', left: [] });
    const { cells } = reportOf(folder);
    expect(cells.map(({ verdict }) => verdict)).not.toContain('invalid');
    expect(cells).toHaveLength(2);
    const errors = cells.flatMap(({ metrics }) =>
      metrics.filter(({ metric }) => metric === 'errorRate'),
    );
    for (const { baseline: one, candidate: other } of errors) expect([one, other]).toEqual([0, 0]);
  });

  it('that there are not are refused in one line', async () => {
    const folder = freshFolder();
    const missing = await compare(folder, ['--baseline', 'npm:koa@2', '--candidate', 'npm:koa@99']);
    expect(missing).toMatchObject({ code: 2, left: [] });
    expect(missing.stderr).toMatch(
      /^bench: npm:koa@99 \(candidate\): the npm registry has no such version\. [^\n]+\n$/,
    );
    const unknown = await compare(folder, [
      '--baseline',
      'npm:koa@2',
      '--candidate',
      'npm:koi@1',
      '--matrix',
      'incident',
    ]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain(
      'npm:koa@2: is no engine, and incident.yaml starts no server.',
    );
  });
});

describe('what a server drags in', () => {
  const server = {
    'index.js': `import http from 'node:http';
import part from 'part';
export const serve = () => http.createServer((_, response) => response.end(part)).listen(Number(process.env.PORT), '127.0.0.1');`,
  };
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  beforeAll(async () => {
    const part = { 'index.js': "export default 'hello';" };
    registry = await startRegistry([
      { name: 'part', version: '1.0.0', published: '2023-01-01T00:00:00.000Z', files: part },
      { name: 'part', version: '1.1.0', published: '2024-04-20T12:00:00.000Z', files: part },
      { name: 'part', version: '1.2.0', published: '2024-06-01T00:00:00.000Z', files: part },
      {
        ...{ name: 'served', version: '1.0.0', published: '2023-02-01T00:00:00.000Z' },
        ...{ files: server, dependencies: { part: '^1.0.0' } },
      },
    ]);
  });
  afterAll(() => registry.close());

  const project = (): string => {
    const folder = freshFolder();
    write(folder, { 'app.mjs': "import { serve } from 'served';\nserve();\n" });
    writeMatrix(
      folder,
      `
target: { start: node app.mjs, version: 'npm:served@1' }
axes:
  version:
    newest: {}
    then: { target: { asOf: 2024-04-20 } }
    pinned: { target: { with: { part: 1.0.0 } } }
    before: { target: { asOf: 2022-12-31 } }
    strange: { target: { with: { other: 1.0.0 } } }
measure: { warmup: 100ms }
`,
    );
    return folder;
  };

  it.each([
    ['then', '1.1.0'],
    ['pinned', '1.0.0'],
  ])('is what is asked for: %s', async (candidate, version) => {
    const folder = project();
    const args = ['--baseline', 'newest', '--candidate', candidate];
    expect(await compare(folder, args, registry.env)).toEqual({ code: 0, stderr: '', left: [] });
    const { differences } = reportOf(folder);
    expect(differences).toContainEqual(
      expect.objectContaining({
        key: 'target dependency part',
        baseline: '1.2.0',
        candidate: version,
      }),
    );
    expect(differences.map(({ key }) => key)).not.toContain('target dependency served');
    expect(readdirSync(folder).sort()).toEqual(['app.mjs', 'bench.matrix.yaml', 'reports']);
  });

  it.each([
    ['before', 'the npm registry has no served', 'from 2022-12-31 or before'],
    ['strange', 'it does not bring along other 1.0.0', 'which `with` names'],
  ])('is refused in one line where there is no such: %s', async (candidate, what, why) => {
    const args = ['--baseline', 'newest', '--candidate', candidate];
    const { code, stderr, left } = await compare(project(), args, registry.env);
    expect({ code, left }).toEqual({ code: 2, left: [] });
    expect(stderr).toMatch(/^bench: npm:served@1 \(candidate\): [^\n]+\n$/);
    expect(stderr).toContain(what);
    expect(stderr).toContain(why);
  });
});
