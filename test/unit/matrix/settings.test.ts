import { expect, test } from 'vitest';
import type { Settings } from '../../../src/model/settings.ts';
import { axes, cellNamed, fixture, plan, versions } from '../../fixtures/matrix/planned.ts';

const baseline = (text: string): Settings => plan(text).cells[0].arms.baseline;

test('everything has a default', () => {
  expect(baseline('axes: {version: {v1: {}, v2: {}}}')).toEqual({
    scenario: {
      order: 'sequence',
      requests: [
        {
          method: 'GET',
          path: '/',
          headers: {},
          body: null,
          expect: { status: 200, body: { kind: 'any' } },
        },
      ],
      load: { model: 'closed', connections: 8 },
    },
    target: {
      kind: 'builtin',
      builtin: 'hello',
      bodyBytes: 13,
      delayMs: 0,
      key: 'ecdsa',
      env: {},
    },
    client: {
      engine: { kind: 'http' },
      runtime: { kind: 'current' },
      asOf: null,
      locustfile: null,
      with: {},
      workers: 1,
      remote: null,
      requestTimeoutMs: 10_000,
      env: {},
    },
    connection: {
      tls: 'none',
      reuse: { kind: 'keep-alive' },
      session: 'none',
      context: 'shared',
      ca: { kind: 'none' },
      dns: { kind: 'literal' },
    },
  });
});

test('everything can be said', () => {
  const text = `
scenario:
  requests:
    - { method: POST, path: /a?b=c, headers: { accept: '*/*' }, body: hi, expect: { status: 201, body: { equals: x } } }
    - { expect: { body: { includes: y } } }
    - { expect: { body: { bytes: 1kB } } }
  load: { connections: 3 }
target: { builtin: hello, bodyBytes: 1kB, delay: 5ms, key: rsa, env: { A: '1' } }
client: { engine: undici, asOf: 2024-04-20, with: { fastq: 1.2.3 }, workers: 2, requestTimeout: 2s, env: { B: '2' } }
connection: { tls: 1.2, reuse: { every: 10 }, session: resumed, context: per-connection, ca: bundle, dns: { lookup: per-connection, delay: 5ms } }
${versions}`;
  expect(baseline(text)).toEqual({
    scenario: {
      order: 'sequence',
      requests: [
        {
          method: 'POST',
          path: '/a?b=c',
          headers: { accept: '*/*' },
          body: 'hi',
          expect: { status: 201, body: { kind: 'equals', text: 'x' } },
        },
        {
          method: 'GET',
          path: '/',
          headers: {},
          body: null,
          expect: { status: 200, body: { kind: 'includes', text: 'y' } },
        },
        {
          method: 'GET',
          path: '/',
          headers: {},
          body: null,
          expect: { status: 200, body: { kind: 'bytes', bytes: 1000 } },
        },
      ],
      load: { model: 'closed', connections: 3 },
    },
    target: {
      kind: 'builtin',
      builtin: 'hello',
      bodyBytes: 1000,
      delayMs: 5,
      key: 'rsa',
      env: { A: '1' },
    },
    client: {
      engine: { kind: 'undici', version: '7' },
      runtime: { kind: 'npm', version: '16' },
      asOf: '2024-04-20',
      locustfile: null,
      with: { fastq: '1.2.3' },
      workers: 2,
      remote: null,
      requestTimeoutMs: 2000,
      env: { B: '2' },
    },
    connection: {
      tls: '1.2',
      reuse: { kind: 'every', requests: 10 },
      session: 'resumed',
      context: 'per-connection',
      ca: { kind: 'bundle' },
      dns: { kind: 'per-connection', delayMs: 5 },
    },
  });
});

test.each([
  [
    '{model: constant-throughput, users: 5}',
    { model: 'constant-throughput', users: { kind: 'fixed', users: 5 }, perUser: 1 },
  ],
  ['{model: open, rate: 2.5}', { model: 'open', rate: 2.5, arrivals: 'constant' }],
  ['{model: open, rate: 2, arrivals: poisson}', { model: 'open', rate: 2, arrivals: 'poisson' }],
])('the load %s', (load, expected) => {
  expect(baseline(`scenario: {load: ${load}}\n${versions}`).scenario.load).toEqual(expected);
});

test.each([
  ['1.3', '1.3'],
  ["'1.3'", '1.3'],
  ['1.2', '1.2'],
  ['none', 'none'],
])('tls: %s', (written, expected) => {
  expect(baseline(`connection: {tls: ${written}}\n${versions}`).connection.tls).toBe(expected);
});

test.each([
  ['literal', { kind: 'literal' }],
  ['cached', { kind: 'cached', delayMs: 0 }],
  ['per-connection', { kind: 'per-connection', delayMs: 0 }],
  ['{lookup: cached}', { kind: 'cached', delayMs: 0 }],
  ['{lookup: per-connection, delay: 1.5s}', { kind: 'per-connection', delayMs: 1500 }],
])('dns: %s', (written, expected) => {
  const text = `connection: {reuse: close, dns: ${written}}\n${versions}`;
  expect(baseline(text).connection.dns).toEqual(expected);
});

test('an overlay of another load model replaces the load, one of the same model adds to it', () => {
  const cells = plan(
    `scenario: {load: {connections: 4}}\n${axes(
      `load: {
        same: {scenario: {load: {model: closed}}},
        more: {scenario: {load: {connections: 9}}},
        paced: {scenario: {load: {model: constant-throughput, users: 5}}}}`,
    )}`,
  );
  const load = (id: string) => cellNamed(cells, id).arms.candidate.scenario.load;
  expect(load('load=same')).toEqual({ model: 'closed', connections: 4 });
  expect(load('load=more')).toEqual({ model: 'closed', connections: 9 });
  expect(load('load=paced')).toEqual({
    model: 'constant-throughput',
    users: { kind: 'fixed', users: 5 },
    perUser: 1,
  });
});

test('an overlay replaces lists whole, and one kind of value by another', () => {
  const of = plan(
    `scenario: {requests: [{path: /a, headers: {x: y}}, {path: /b}]}
connection: {tls: 1.3, reuse: {every: 3}, ca: {file: /ca.pem}}
${axes(
  'r: {a: {}, b: {scenario: {requests: [{method: HEAD}]}}}',
  'c: {a: {}, b: {connection: {reuse: close, ca: bundle}}, c: {connection: {reuse: {every: 5}}}}',
)}`,
  );
  const arm = (id: string) => cellNamed(of, id).arms.baseline;
  expect(arm('r=a,c=a').scenario.requests.map(({ path }) => path)).toEqual(['/a', '/b']);
  expect(arm('r=b,c=a').scenario.requests).toMatchObject([
    { method: 'HEAD', path: '/', headers: {} },
  ]);
  expect(arm('r=b,c=a').scenario.requests).toHaveLength(1);
  expect(arm('r=a,c=b').connection).toMatchObject({
    reuse: { kind: 'close' },
    ca: { kind: 'bundle' },
  });
  expect(arm('r=a,c=c').connection.reuse).toEqual({ kind: 'every', requests: 5 });
});

test('mappings are merged key by key', () => {
  const env = (id: string) =>
    cellNamed(
      plan(`client: {env: {A: '1', B: '1'}}\n${axes("e: {x: {client: {env: {B: '2', C: '3'}}}}")}`),
      id,
    ).arms.baseline.client.env;
  expect(env('e=x')).toEqual({ A: '1', B: '2', C: '3' });
});

test('one variant may be the anchor of another', () => {
  const { arms } = plan('axes: {version: {v1: &v {client: {workers: 3}}, v2: *v}}').cells[0];
  expect(arms.candidate).toEqual(arms.baseline);
  expect(arms.candidate.client.workers).toBe(3);
});

test('names that mean something to the language mean nothing here', () => {
  const of = plan(fixture('hostile-names.yaml'), {
    baseline: 'valueOf',
    candidate: 'isPrototypeOf',
  });
  expect(of.axes).toEqual([{ name: 'constructor', variants: ['hasOwnProperty', 'toString'] }]);
  const cell = cellNamed(of, 'constructor=toString');
  expect(Object.entries(cell.variants)).toEqual([['constructor', 'toString']]);
  expect(cell.arms.candidate.client.workers).toBe(2);
  expect(Object.entries(cell.arms.candidate.client.env)).toEqual([
    ['constructor', 'a'],
    ['toString', 'b'],
  ]);
  expect(Object.entries(cell.arms.candidate.scenario.requests[0].headers)).toEqual([
    ['constructor', 'x'],
    ['valueOf', 'y'],
  ]);
});

test('--workers goes before the base', () => {
  const { arms } = plan(`client: {workers: 2}\n${versions}`, { workers: 4 }).cells[0];
  expect([arms.baseline.client.workers, arms.candidate.client.workers]).toEqual([4, 4]);
});

test('a weight on any request makes the mix weighted, and those without one count 1', () => {
  const scenario = 'scenario: {requests: [{path: /a, weight: 3}, {path: /b}]}';
  expect(baseline(`${scenario}\n${versions}`).scenario).toMatchObject({
    order: 'weighted',
    requests: [
      { path: '/a', weight: 3 },
      { path: '/b', weight: 1 },
    ],
  });
});

test('workers on other machines are expected, and the arms have clients of their own', () => {
  const remote = (more: string) => `client: {workers: {expect: 5, listen: 192.0.2.10${more}}}`;
  const { arms, clients } = plan(`${remote('')}\n${versions}`).cells[0];
  expect(arms.baseline.client).toMatchObject({
    workers: 5,
    remote: { listen: '192.0.2.10', withinMs: 300_000, restart: null },
  });
  expect(clients).toBe('each');
  const said = plan(`${remote(', within: 9s, restart: ./again')}\n${versions}`).cells[0];
  expect(said.arms.candidate.client.remote).toEqual({
    ...{ listen: '192.0.2.10', withinMs: 9000, restart: './again' },
  });
});
