import { describe, expect, test } from 'vitest';
import { listAxes } from '../../../src/matrix/file.ts';
import { plan, refusal, versions } from '../../fixtures/matrix/planned.ts';

const runtimes = (of: ReturnType<typeof plan>) => [
  of.cells[0].arms.baseline.client.runtime,
  of.cells[0].arms.candidate.client.runtime,
];

test('two variants of the compare axis', () => {
  const of = plan(versions);
  expect(of.compare).toEqual({
    ...{ kind: 'paired', axis: 'version', side: 'client', written: ['client.runtime'] },
    ...{ baseline: 'v1', candidates: ['v2'] },
  });
  expect(runtimes(of)).toEqual([
    { kind: 'npm', version: '16' },
    { kind: 'npm', version: '20' },
  ]);
});

test('the same variant twice is an A/A run', () => {
  const of = plan(versions, { candidate: 'v1' });
  expect(of.compare).toMatchObject({ side: 'client', baseline: 'v1', candidates: ['v1'] });
  expect(of.cells[0].arms.candidate).toEqual(of.cells[0].arms.baseline);
});

test('names are the text of the source', () => {
  const text =
    'axes: {version: {2.10: {client: {workers: 10}}, 2.1: {client: {workers: 1}}, 1.0: {}}}';
  const of = plan(text, { baseline: '2.10', candidate: '2.1' });
  expect(of.cells[0].arms.baseline.client.workers).toBe(10);
  expect(of.cells[0].arms.candidate.client.workers).toBe(1);
  expect(plan(text, { baseline: '1.0', candidate: '1.0' }).compare.baseline).toBe('1.0');
});

describe('a Node runtime', () => {
  test('beside a variant', () => {
    const of = plan(versions, { candidate: 'node@22.1' });
    expect(of.compare).toMatchObject({
      axis: 'version',
      side: 'client',
      candidates: ['node@22.1'],
    });
    expect(runtimes(of)[1]).toEqual({ kind: 'npm', version: '22.1' });
  });

  test('needs no compare axis', () => {
    const of = plan('description: none', { baseline: 'node@16', candidate: '/opt/node' });
    expect(of.compare).toMatchObject({
      axis: 'version',
      side: 'client',
      baseline: 'node@16',
      candidates: ['/opt/node'],
    });
    expect(runtimes(of)).toEqual([
      { kind: 'npm', version: '16' },
      { kind: 'path', path: '/opt/node' },
    ]);
  });

  test('goes after a variant of that name', () => {
    const text = 'axes: {version: {node@16: {client: {workers: 2}}}}';
    const of = plan(text, { baseline: 'node@16', candidate: 'node@20' });
    expect(of.cells[0].arms.baseline.client).toMatchObject({
      workers: 2,
      runtime: { kind: 'current' },
    });
  });

  test('goes before that of the base', () => {
    const of = plan('client: {runtime: node@18}', { baseline: 'node@16', candidate: 'node@16' });
    expect(runtimes(of)[0]).toEqual({ kind: 'npm', version: '16' });
  });
});

describe('an engine', () => {
  const engines = (of: ReturnType<typeof plan>) => [
    of.cells[0].arms.baseline.client.engine,
    of.cells[0].arms.candidate.client.engine,
  ];

  test('is named by its release', () => {
    const of = plan('description: none', {
      baseline: 'npm:undici@7.16.0',
      candidate: 'npm:undici@7',
    });
    expect(of.compare).toMatchObject({ side: 'client', baseline: 'npm:undici@7.16.0' });
    expect(engines(of)).toEqual([
      { kind: 'undici', version: '7.16.0' },
      { kind: 'undici', version: '7' },
    ]);
  });

  test('in a matrix means its usual release where none is named', () => {
    const of = plan(
      'axes: {version: {v1: {client: {engine: undici}}, v2: {client: {engine: autocannon}}}}',
    );
    expect(engines(of)).toEqual([
      { kind: 'undici', version: '7' },
      { kind: 'autocannon', version: '9' },
    ]);
  });

  test.each([
    ['npm:undici', 'is no version of a client or a server'],
    ['undici@7', 'is no version of a client or a server'],
    ['npm:undici@latest', 'is no engine, and m.yaml starts no server'],
    ['npm:express@5.0.0', 'is no engine, and m.yaml starts no server'],
    ['npm:toString@1', 'is no engine, and m.yaml starts no server'],
  ])('%s is none', (baseline, why) => {
    expect(refusal('description: none', { baseline })).toContain(why);
  });
});

describe('the compare axis', () => {
  const text = `compare: tls\naxes:
  tls: {none: {connection: {tls: none}}, 1.3: {connection: {tls: 1.3}}}
  version: {v1: {client: {workers: 1}}, v2: {client: {workers: 2}}}`;

  test('is named by the file, or by --axis', () => {
    const of = plan(text, { baseline: 'none', candidate: '1.3' });
    expect(of.compare).toMatchObject({ axis: 'tls', side: 'both' });
    expect(of.axes).toEqual([{ name: 'version', variants: ['v1', 'v2'] }]);
    expect(plan(text, { axis: 'version' }).compare).toMatchObject({
      axis: 'version',
      side: 'client',
    });
  });

  test.each([
    [
      { axis: 'verison' },
      '--axis: "verison" is not an axis of the matrix. Did you mean "version"?',
    ],
    [
      { axis: null },
      '--baseline: "v1" is neither a variant of the axis tls nor a version of a client or a server. Choose one of none, 1.3, a runtime such as node@20.20.2, an engine such as npm:undici@7.30.2 or locust@2.31.0, or a server such as git:main or npm:fastify@5.',
    ],
    [
      { axis: 'version', baseline: 'v3' },
      '--baseline: "v3" is neither a variant of the axis version nor a version of a client or a server. Did you mean "v1"?',
    ],
    [
      { axis: 'version', candidate: 'node@latest' },
      '--candidate: "node@latest" is neither a variant of the axis version nor a version of a client or a server. Choose one of v1, v2, a runtime such as node@20.20.2, an engine such as npm:undici@7.30.2 or locust@2.31.0, or a server such as git:main or npm:fastify@5.',
    ],
    [
      { axis: 'version', candidate: 'toString' },
      '--candidate: "toString" is neither a variant of the axis version nor a version of a client or a server. Choose one of v1, v2, a runtime such as node@20.20.2, an engine such as npm:undici@7.30.2 or locust@2.31.0, or a server such as git:main or npm:fastify@5.',
    ],
  ])('%j is refused', (changed, message) => {
    expect(refusal(text, changed)).toBe(message);
  });

  test('that the file names and has not is refused', () => {
    expect(refusal(`compare: versoin\n${versions}`)).toBe(
      'm.yaml:1:10: compare: "versoin" is not an axis of the matrix. Did you mean "version"?',
    );
  });

  test('that is missing leaves only runtimes to choose from', () => {
    expect(refusal('axes: {tls: {1.3: {connection: {tls: 1.3}}}}')).toBe(
      '--baseline: "v1" is no version of a client or a server, and m.yaml has no axis version to choose from. Add the axis, name another one with --axis, or write a runtime such as node@20.20.2, an engine such as npm:undici@7.30.2 or locust@2.31.0, or a server such as git:main or npm:fastify@5.',
    );
  });
});

test.each([
  ['{client: {workers: 2}}', '{client: {env: {A: b}}}', 'client'],
  ['{client: {workers: 2}}', '{}', 'client'],
  ['{target: {delay: 1ms}}', '{target: {key: rsa}}', 'target'],
  ['{target: {delay: 1ms}}', '{client: {workers: 2}}', 'both'],
  ['{client: {workers: 2}}', '{connection: {tls: 1.3}}', 'both'],
  ['{scenario: {load: {connections: 2}}}', '{scenario: {load: {connections: 4}}}', 'both'],
  ['{client: {workers: 2}, connection: {}}', '{client: {}}', 'client'],
  ['{}', '{}', 'both'],
])('%s against %s: the side is %s', (v1, v2, side) => {
  expect(plan(`axes: {version: {v1: ${v1}, v2: ${v2}}}`).compare.side).toBe(side);
});

test('an A/A run has the side of its one overlay', () => {
  const text = 'axes: {version: {v1: {target: {key: rsa}}, v2: {client: {workers: 2}}}}';
  expect(plan(text, { candidate: 'v1' }).compare.side).toBe('target');
  expect(plan(text, { baseline: 'v2' }).compare.side).toBe('client');
});

test('the axes can be listed without roles', () => {
  expect(
    listAxes({ kind: 'text', text: `description: story\n${versions}`, file: 'm.yaml' }),
  ).toEqual({
    description: 'story',
    compare: 'version',
    axes: [{ name: 'version', variants: ['v1', 'v2'] }],
  });
  expect(listAxes({ kind: 'text', text: 'description: story', file: 'm.yaml' })).toEqual({
    description: 'story',
    compare: null,
    axes: [],
  });
});

describe('a server that the matrix starts', () => {
  const text = 'target: { start: node server.mjs }';
  const of = (baseline: string, candidate: string, side: 'client' | 'target' | null = null) =>
    plan(text, { baseline, candidate, side });
  const targets = (planned: ReturnType<typeof plan>) => {
    const { baseline, candidate } = planned.cells[0].arms;
    return [baseline.target, candidate.target];
  };

  test('at two commits, and as it is', () => {
    const planned = of('git:main~2', 'git:WORKTREE');
    expect(targets(planned)).toMatchObject([
      { version: { kind: 'git', ref: 'main~2' } },
      { version: { kind: 'worktree' } },
    ]);
    expect(planned.compare).toMatchObject({ side: 'target', written: ['target.version'] });
    expect(planned.cells[0].clients).toBe('shared');
  });

  test('with two releases of a package', () => {
    expect(targets(of('npm:fastify@4', 'npm:@hapi/hapi@21.3.2'))).toMatchObject([
      { version: { kind: 'npm', name: 'fastify', version: '4' } },
      { version: { kind: 'npm', name: '@hapi/hapi', version: '21.3.2' } },
    ]);
  });

  test('has the Node that is named, unless that is said to be the client’s', () => {
    const planned = of('node@18', '/opt/node');
    expect(planned.compare.side).toBe('target');
    expect(targets(planned)).toMatchObject([
      { runtime: { kind: 'npm', version: '18' } },
      { runtime: { kind: 'path', path: '/opt/node' } },
    ]);
    expect(planned.cells[0].arms.baseline.client.runtime).toEqual({ kind: 'current' });
    const clients = of('node@18', 'node@20', 'client');
    expect(clients.compare.side).toBe('client');
    expect(targets(clients)).toMatchObject([{ runtime: null }, { runtime: null }]);
  });

  test('does not take an engine for its package, unless that is said', () => {
    expect(of('npm:undici@6', 'npm:undici@7').compare.side).toBe('client');
    expect(targets(of('npm:undici@6', 'npm:undici@7', 'target'))).toMatchObject([
      { version: { kind: 'npm', name: 'undici' } },
      { version: { kind: 'npm', name: 'undici' } },
    ]);
  });

  test('is served as the variant says that is called as the package', () => {
    const variants =
      'axes: {version: {koa: {target: {start: node koa.mjs, folder: koa, version: npm:koa@3}}}}';
    const planned = plan(variants, { baseline: 'npm:koa@2', candidate: 'koa' });
    expect(targets(planned)).toMatchObject([
      { start: 'node koa.mjs', folder: 'koa', version: { name: 'koa', version: '2' } },
      { start: 'node koa.mjs', folder: 'koa', version: { name: 'koa', version: '3' } },
    ]);
  });

  test.each([
    ['git:main', 'client', 'is a version of a server, and --side client says otherwise'],
    ['npm:undici@x y', null, 'is no version of a client or a server'],
    ['git:', null, 'is no version of a client or a server'],
    ['git:--exec=x', null, 'is no version of a client or a server'],
  ] as const)('is not %s with --side %s', (baseline, side, why) => {
    expect(refusal(text, { baseline, candidate: 'git:HEAD', side })).toContain(why);
  });

  test('is needed', () => {
    const options = { baseline: 'git:main', candidate: 'git:HEAD' };
    expect(refusal('description: none', options)).toBe(
      "--baseline git:main: m.yaml starts no server. Write target: { start: 'node server.mjs' } into a matrix file of yours.",
    );
  });
});
