import { describe, expect, it } from 'vitest';
import { endOfDay, publishedBy } from '../../../src/subject/as-of.ts';
import { missingPin } from '../../../src/subject/installed.ts';
import { dependencyFacts } from '../../../src/subject/lock-files.ts';
import { freshFolder } from '../../support/bench.ts';
import { write } from '../../support/repository.ts';

describe('what a server stands on', () => {
  it('is every package that npm installed, at any depth', () => {
    const folder = freshFolder();
    const packages = {
      '': { version: '1.0.0' },
      'packages/own': { version: '0.0.1' },
      'node_modules/avvio': { version: '8.2.0' },
      'node_modules/@fastify/error/node_modules/avvio': { version: '7.0.0' },
    };
    write(folder, { 'node_modules/.package-lock.json': JSON.stringify({ packages }) });
    expect(dependencyFacts(folder)).toEqual({
      'target dependency avvio': '8.2.0',
      'target dependency @fastify/error/node_modules/avvio': '7.0.0',
    });
  });

  it('is a digest of what other package managers wrote down', () => {
    const folder = freshFolder();
    expect(dependencyFacts(folder)).toEqual({});
    write(folder, { 'yarn.lock': 'a@1' });
    const before = dependencyFacts(folder);
    expect(Object.keys(before)).toEqual(['target yarn.lock']);
    write(folder, { 'yarn.lock': 'a@2' });
    expect(dependencyFacts(folder)).not.toEqual(before);
  });
});

describe('a pin', () => {
  const installed = new Map(
    [
      ['avvio', '8.2.0'],
      ['fast-avvio', '1.0.0'],
      ['a/node_modules/avvio', '8.2.0'],
      ['ajv', '8.0.0'],
      ['b/node_modules/ajv', '6.0.0'],
    ].map(([place = '', version = '']) => [place, { version, integrity: '' }]),
  );
  it.each([
    [{}, null],
    [{ avvio: '8.2.0' }, null],
    [{ avvio: '8.3.0' }, 'avvio 8.3.0'],
    // One of them is not pinned.
    [{ ajv: '8.0.0' }, 'ajv 8.0.0'],
    [{ vvio: '8.2.0' }, 'vvio 8.2.0'],
  ])('%j: %s is missing', (pins, missing) => {
    expect(missingPin(installed, pins)).toBe(missing);
  });
});

it('a day counts to its end', () => {
  const times = {
    created: '2020-01-01T00:00:00.000Z',
    '1.0.0': '2024-04-19T10:00:00.000Z',
    '1.0.1': endOfDay('2024-04-20'),
    '1.0.2': '2024-04-21T00:00:00.000Z',
  };
  expect(publishedBy(times, '2024-04-20')).toEqual(['created', '1.0.0', '1.0.1']);
  expect(publishedBy(null, '2024-04-20')).toEqual([]);
});
