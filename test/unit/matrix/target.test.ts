import { describe, expect, test } from 'vitest';
import { redacted } from '../../../src/store/redact.ts';
import { axes, cellNamed, plan, refusal, versions } from '../../fixtures/matrix/planned.ts';

const targetOf = (text: string, file?: string) =>
  plan(text, {}, file).cells[0].arms.baseline.target;

const started = {
  kind: 'start',
  start: 'node server.mjs',
  folder: '.',
  ready: { path: '/', withinMs: 10_000 },
  key: 'ecdsa',
  env: {},
  ...{ version: { kind: 'folder' }, setup: null, runtime: null, asOf: null, with: {} },
} as const;

describe('a target that a command starts', () => {
  test('needs no more than the command', () => {
    expect(targetOf(`target: { start: node server.mjs }\n${versions}`)).toEqual(started);
  });

  test('says when it is ready, its key and its environment, and runs where the file is', () => {
    const text = `target: { start: npm start, ready: { path: /up?x=1, within: 2s }, key: rsa, env: { A: '1' } }\n${versions}`;
    expect(targetOf(text, 'some/where/m.yaml')).toEqual({
      ...started,
      ...{ start: 'npm start', folder: 'some/where' },
      ready: { path: '/up?x=1', withinMs: 2_000 },
      ...{ key: 'rsa', env: { A: '1' } },
    });
  });

  test('says whose files it runs from, and what makes them ready', () => {
    const text = `target: { start: npm start, version: git:v1.2, setup: npm ci, folder: api, runtime: ./node, asOf: 2024-04-20 }\n${versions}`;
    expect(targetOf(text, 'some/where/m.yaml')).toEqual({
      ...started,
      ...{ start: 'npm start', version: { kind: 'git', ref: 'v1.2' }, setup: 'npm ci' },
      folder: 'some/where/api',
      runtime: { kind: 'path', path: './some/where/node' },
      asOf: '2024-04-20',
    });
    const pinned = `target: { start: npm start, version: 'npm:fastify@4', with: { avvio: 8.2.0 } }\n${versions}`;
    expect(targetOf(pinned)).toEqual({
      ...{ ...started, start: 'npm start', with: { avvio: '8.2.0' } },
      version: { kind: 'npm', name: 'fastify', version: '4' },
    });
  });

  test.each([
    ['start: x, version: fastify@4', 'is not a version of a server. Write git:main'],
    ['start: x, version: git:a, with: { a: 1.0.0 }', 'goes with a version such as npm:fastify@5'],
    ['start: x, version: git:a, asOf: 2024-04-20', 'has nothing to resolve. Write the setup'],
    ['start: x, version: "npm:a@1", asOf: 2024-02-30', 'is not a day of the calendar'],
    ['start: x, version: "npm:a@1", with: { a: ^1 }', 'is not an exact version'],
    ['start: x, runtime: python@3.11', 'is not a Node runtime'],
    ['start: x, setup: ""', 'is not a command. Write one such as "npm ci"'],
    ['start: x, folder: ""', 'is not a folder'],
    ['version: git:a', 'belongs to a target that a command starts'],
  ])('{ %s } is refused', (target, why) => {
    expect(refusal(`target: { ${target} }\n${versions}`)).toContain(why);
  });

  test('its environment is not stored, its command is', () => {
    const stored = redacted(plan(`target: { start: npm start, env: { A: secret } }\n${versions}`));
    const { target } = stored.cells[0].arms.baseline;
    expect(target).toMatchObject({ start: 'npm start', env: { A: '(not stored)' } });
  });
});

describe('overlays', () => {
  test('may write the command, or a variable, alone', () => {
    const variants =
      "axes: { version: { v1: { target: { start: node old.mjs } }, v2: { target: { env: { B: '2' } } } } }";
    const of = plan(
      `target: { start: node server.mjs, ready: { within: 3s }, env: { A: '1' } }\n${variants}`,
    );
    const { baseline, candidate } = of.cells[0].arms;
    const ready = { path: '/', withinMs: 3_000 };
    expect(baseline.target).toEqual({
      ...started,
      ...{ start: 'node old.mjs', ready, env: { A: '1' } },
    });
    expect(candidate.target).toEqual({ ...started, ready, env: { A: '1', B: '2' } });
    expect(of.compare.side).toBe('target');
  });

  test('change the kind without what belongs to the other kind, and keep what both have', () => {
    const base = "target: { bodyBytes: 1kB, key: rsa, env: { A: '1' } }";
    const both = { key: 'rsa', env: { A: '1' } };
    const of = plan(
      `${base}\naxes: { version: { v1: { target: { start: node server.mjs } }, v2: { target: { delay: 1ms } } } }`,
    );
    expect(of.cells[0].arms.baseline.target).toEqual({ ...started, ...both });
    expect(of.cells[0].arms.candidate.target).toMatchObject({
      ...{ kind: 'builtin', bodyBytes: 1000, delayMs: 1, ...both },
    });
    const back = `target: { start: x, ready: { within: 1s } }\naxes: { version: { v1: { target: { builtin: hello } }, v2: {} } }`;
    expect(targetOf(back)).toMatchObject({ kind: 'builtin' });
  });

  test('of two axes may write the command and a variable', () => {
    const commands = ' app: {a: {target: {start: node a.mjs}}, b: {target: {start: node b.mjs}}}';
    const text = axes(commands, " size: {s: {target: {env: {SIZE: '1'}}}}");
    expect(cellNamed(plan(text), 'app=b,size=s').arms.baseline.target).toEqual({
      ...started,
      ...{ start: 'node b.mjs', env: { SIZE: '1' } },
    });
    expect(refusal(axes(commands, ' w: {x: {target: {ready: {within: 1s}}}}'))).toBe(
      'm.yaml:4:36: axes.w.x.target.ready.within: axes.app.a.target in line 3 writes the same setting. Write it in one of the axes app and w only.',
    );
  });
});

describe('refused', () => {
  test.each([
    [
      'target: {start: node x, bodyBytes: 1}',
      '36: target.bodyBytes: belongs to the built-in target, and this one is started by a command. Remove it, or remove start.',
    ],
    [
      'target: {builtin: hello, start: node x}',
      '19: target.builtin: belongs to the built-in target, and this one is started by a command. Remove it, or remove start.',
    ],
    [
      'target: {ready: {path: /up}}',
      "17: target.ready: belongs to a target that a command starts. Write start: 'node server.mjs' beside it, or remove it.",
    ],
    [
      'target: {start: " "}',
      '17: target.start: " " is not a command. Write one such as "node server.mjs".',
    ],
    [
      'target: {start: [node, x]}',
      '17: target.start: a list is not a text. Put it in quotes, such as "node server.mjs".',
    ],
    [
      'target: {start: x, ready: {within: 10}}',
      '36: target.ready.within: 10 has no unit. Write a duration such as 500ms, 10s or 2m.',
    ],
    [
      'target: {start: x, ready: {path: up}}',
      '34: target.ready.path: "up" is not a path that begins with / and has no blanks. Write one such as "/".',
    ],
    [
      'target: {start: x, ready: {url: /}}',
      '28: target.ready.url: unknown key. Choose one of path, within.',
    ],
    [
      "target: {start: x, env: {PORT: '1'}}",
      '32: target.env.PORT: is set by bench for each start. Remove it.',
    ],
  ])('%s', (text, message) => {
    expect(refusal(`${text}\n${versions}`)).toBe(`m.yaml:1:${message}`);
  });
});
