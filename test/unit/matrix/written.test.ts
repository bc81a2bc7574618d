import { describe, expect, test } from 'vitest';
import { differingSetting } from '../../../src/matrix/written.ts';
import type { Settings } from '../../../src/model/settings.ts';
import { plan, versions } from '../../fixtures/matrix/planned.ts';

const settings = (text: string, version = ''): Settings =>
  plan(`${version || 'axes: {version: {v1: {}, v2: {}}}\n'}${text}`).cells[0].arms.candidate;
const base = settings('');
const target = (keys: string): Settings => settings(`target: {${keys}}`);

describe('the settings that two runs do not share', () => {
  test.each([
    ['target.delay', 'target: {delay: 5ms}'],
    ['target.bodyBytes', 'target: {bodyBytes: 1kB}'],
    ['target', 'target: {start: node server.mjs}'],
    ['target.key', 'target: {key: rsa}'],
    ['client.requestTimeout', 'client: {requestTimeout: 3s}'],
    ['client.env', "client: {env: {A: '1'}}"],
    ['client.workers', 'client: {workers: 2}'],
    ['connection.reuse', 'connection: {reuse: close}'],
    ['scenario.requests', 'scenario: {requests: [{path: /a}]}'],
    ['scenario.requests', 'scenario: {requests: [{weight: 2}]}'],
    ['connection.dns', 'connection: {dns: cached}'],
    ['scenario.load', 'scenario: {load: {model: open, rate: 5}}'],
  ])('%s', (name, text) => {
    expect(differingSetting(base, settings(text), [])).toBe(name);
    expect(differingSetting(settings(text), base, [])).toBe(name);
    expect(differingSetting(settings(text), settings(text), [])).toBeNull();
    if (name !== 'target') expect(differingSetting(base, settings(text), [name])).toBeNull();
  });

  test('are those that are not compared', () => {
    const closing = settings('connection: {reuse: close}', versions);
    expect(differingSetting(base, closing, ['connection.reuse'])).toBe('client.runtime');
    expect(differingSetting(base, closing, ['client.runtime'])).toBe('connection.reuse');
    expect(differingSetting(base, closing, ['connection.reuse', 'client.runtime'])).toBeNull();
  });

  test('leave out all that depends on the kind of target where the kind is compared', () => {
    const kind = ['target.(kind)'];
    expect(differingSetting(target('bodyBytes: 5'), target('start: x'), kind)).toBeNull();
    expect(differingSetting(target('key: rsa'), target('start: x'), kind)).toBe('target.key');
  });

  test('leave out where a command runs', () => {
    const text = 'axes: {version: {v1: {}}}\ntarget: {start: x}';
    const [here, there] = ['m.yaml', 'elsewhere/m.yaml'].map(
      (file) => plan(text, { candidate: 'v1' }, file).cells[0].arms.baseline,
    );
    if (!(here && there)) throw new Error('two plans');
    expect(here.target).not.toEqual(there.target);
    expect(differingSetting(here, there, [])).toBeNull();
  });
});

test('what is compared is written by either variant', () => {
  const written = (v1: string, v2: string) =>
    plan(`axes: {version: {v1: ${v1}, v2: ${v2}}}`).compare.written;
  expect(written('{client: {runtime: node@20}}', '{}')).toEqual(['client.runtime']);
  expect(written('{target: {delay: 1ms}}', '{target: {env: {A: b}}}')).toEqual([
    'target.delay',
    'target.env',
  ]);
  expect(written('{target: {start: x}}', '{}')).toEqual(['target.(kind)']);
  expect(written('{scenario: {load: {model: open, rate: 3}}}', '{}')).toEqual(['scenario.load']);
});
