import { describe, expect, test } from 'vitest';
import { axes, fixture, ids, plan, refusal, versions } from '../../fixtures/matrix/planned.ts';

const tls = 'tls: {none: {connection: {tls: none}}, 1.3: {connection: {tls: 1.3}}}';

test('an idle setting names the cell, who said what, and the line that fixes it', () => {
  const text = fixture('idle-setting.yaml');
  expect(refusal(text, {}, 'idle-setting.yaml')).toBe(
    'idle-setting.yaml:13:18: axes.reuse.new-context.connection.context: per-connection (from axes.reuse.new-context) has no effect in the cell tls=none,reuse=new-context, where tls is none (from axes.tls.none). Change tls, or add { tls: none, reuse: new-context } to exclude.',
  );
  expect(ids(plan(`${text}exclude:\n  - { tls: none, reuse: new-context }\n`))).toEqual([
    'tls=none,reuse=keep-alive',
    'tls=1.3,reuse=keep-alive',
    'tls=1.3,reuse=new-context',
  ]);
});

describe('without TLS', () => {
  test.each([
    ['session: resumed', 'session', 'resumed'],
    ['context: per-connection', 'context', 'per-connection'],
    ['ca: bundle', 'ca', 'bundle'],
    ['ca: {file: /ca.pem}', 'ca', 'a file'],
    ['ca: {bundle: 24}', 'ca', 'a part of the bundle'],
  ])('%s does nothing', (said, setting, value) => {
    const text = axes(tls, `reuse: {x: {connection: {reuse: close, ${said}}}}`);
    const column = (text.split('\n')[3] ?? '').indexOf(said) + setting.length + ': '.length + 1;
    expect(refusal(text)).toBe(
      `m.yaml:4:${column}: axes.reuse.x.connection.${setting}: ${value} (from axes.reuse.x) has no effect in the cell tls=none,reuse=x, where tls is none (from axes.tls.none). Change tls, or add { tls: none, reuse: x } to exclude.`,
    );
  });
});

describe('with keep-alive', () => {
  test.each([
    ['session: resumed', '1:33: connection.session: resumed'],
    ['context: per-connection', '1:33: connection.context: per-connection'],
    ['dns: per-connection', '1:29: connection.dns: per-connection'],
    ['dns: {lookup: per-connection}', '1:29: connection.dns: per-connection'],
  ])('%s does nothing', (said, message) => {
    const variants = axes(
      'reuse: {keep: {connection: {reuse: keep-alive}}, close: {connection: {reuse: close}}}',
    );
    expect(refusal(`connection: {tls: 1.3, ${said}}\n${variants}`)).toBe(
      `m.yaml:${message} (from the base settings) has no effect in the cell reuse=keep, where reuse is keep-alive (from axes.reuse.keep). Change reuse, or add { reuse: keep } to exclude.`,
    );
  });

  test.each(['ca: bundle', 'dns: cached'])('%s is used once, and so does something', (said) => {
    expect(ids(plan(`connection: {tls: 1.3, ${said}}\n${versions}`))).toEqual(['all']);
  });
});

test.each([
  [
    'both are said by the base',
    `connection: {tls: none, ca: bundle}\n${versions}`,
    'm.yaml:1:29: connection.ca: bundle (from the base settings) has no effect in the cell all, where tls is none (from the base settings). Change tls, or remove ca.',
  ],
  [
    'nobody says tls',
    `connection: {ca: bundle}\n${versions}`,
    'm.yaml:1:18: connection.ca: bundle (from the base settings) has no effect in the cell all, where tls is none (from the default). Change tls, or remove ca.',
  ],
  [
    'one variant says both',
    axes('m: {x: {connection: {tls: none, ca: bundle}}}'),
    'm.yaml:3:38: axes.m.x.connection.ca: bundle (from axes.m.x) has no effect in the cell m=x, where tls is none (from axes.m.x). Change tls, or remove ca.',
  ],
  [
    'a variant that is compared says one',
    'axes: {version: {v1: {connection: {tls: 1.3}}, v2: {connection: {tls: none}}}, ca: {b: {connection: {ca: bundle}}}}',
    'm.yaml:1:106: axes.ca.b.connection.ca: bundle (from axes.ca.b) has no effect in the cell ca=b, where tls is none (from axes.version.v2). Change tls, or add { ca: b } to exclude.',
  ],
  [
    'include had put the cell back',
    `${axes(tls, 'ca: {a: {}, b: {connection: {ca: bundle}}}')}exclude: [{tls: none}]\ninclude: [{ca: b}]`,
    'm.yaml:4:35: axes.ca.b.connection.ca: bundle (from axes.ca.b) has no effect in the cell tls=none,ca=b, where tls is none (from axes.tls.none). Change tls, or take the cell out of include.',
  ],
  [
    'a name needs quotes in the line to add',
    axes("'t: x': {'n o': {connection: {tls: none}}}", 'ca: {b: {connection: {ca: bundle}}}'),
    'm.yaml:4:28: axes.ca.b.connection.ca: bundle (from axes.ca.b) has no effect in the cell t: x=n o,ca=b, where tls is none (from axes["t: x"]["n o"]). Change tls, or add { "t: x": "n o", ca: b } to exclude.',
  ],
])('%s', (_, text, message) => {
  expect(refusal(text)).toBe(message);
});

test('a setting that only one role would ignore is refused where that role is compared', () => {
  const text =
    'connection: {ca: bundle}\naxes: {version: {v1: {connection: {tls: 1.3}}, v2: {connection: {tls: none}}}}';
  expect(refusal(text)).toBe(
    'm.yaml:1:18: connection.ca: bundle (from the base settings) has no effect in the cell all, where tls is none (from axes.version.v2). Change tls, or remove ca.',
  );
  expect(ids(plan(text, { candidate: 'v1' }))).toEqual(['all']);
});

describe('what the engine has no use for', () => {
  const variants = 'axes: {version: {v1: {}, v2: {client: {env: {A: b}}}}}';
  test.each([
    ['{asOf: 2024-04-20}', '1:16: client.asOf: 2024-04-20', 'http (from the default)'],
    [
      '{engine: k6, asOf: 2024-04-20}',
      '1:28: client.asOf: 2024-04-20',
      'k6 (from the base settings)',
    ],
    [
      '{engine: locust, with: {a: 1.0.0}}',
      '1:32: client.with: a',
      'locust (from the base settings)',
    ],
    [
      '{engine: k6@1.1.0, with: {a: 1.0.0}}',
      '1:34: client.with: a',
      'k6@1.1.0 (from the base settings)',
    ],
    ['{runtime: python@3.11}', '1:19: client.runtime: python@3.11', 'http (from the default)'],
    [
      '{engine: locust, runtime: /python}',
      '1:35: client.runtime: /python',
      'locust (from the base settings)',
    ],
    [
      '{engine: locust@2.31.0, runtime: node@20}',
      '1:42: client.runtime: node@20',
      'locust@2.31.0 (from the base settings)',
    ],
    [
      '{engine: oha, runtime: node@20}',
      '1:32: client.runtime: node@20',
      'oha (from the base settings)',
    ],
  ])('client: %s', (client, message, engine) => {
    const [, setting] = /client\.(\w+)/.exec(message) ?? [];
    expect(refusal(`client: ${client}\n${variants}`)).toBe(
      `m.yaml:${message} (from the base settings) has no effect in the cell all, where engine is ${engine}. Change engine, or remove ${setting}.`,
    );
  });

  test.each([
    '{engine: locust@2.31.0, runtime: python@3.11, asOf: 2024-08-10, with: {requests: 2.31.0}}',
    '{engine: locust@latest, runtime: /opt/python}',
    '{engine: k6@latest, asOf: 2025-08-10}',
    '{engine: undici, runtime: node@20, asOf: 2024-08-10, with: {a: 1.0.0}}',
  ])('client: %s has all of its effects', (client) => {
    expect(ids(plan(`client: ${client}\n${variants}`))).toEqual(['all']);
  });
});
