import { describe, expect, it } from 'vitest';
import { defineMatrix } from '../../../src/matrix/define.ts';
import { find, plain } from '../../../src/matrix/located.ts';
import { readMatrixText } from '../../../src/matrix/read.ts';
import { readMatrixObject } from '../../../src/matrix/read-object.ts';
import {
  cellNamed,
  ids,
  plan,
  planObject,
  refusalOf,
  shipped,
} from '../../fixtures/matrix/planned.ts';

const versions = { version: { v1: { client: { runtime: 'node@16' } }, v2: {} } };
const refusal = (object: unknown) => refusalOf(() => planObject(object));

it.each(['incident.yaml', 'incident-paced.yaml', 'smoke.yaml'])(
  '%s says the same as an object as it does as a text',
  (name) => {
    const object = plain(readMatrixText(shipped(name), 'm.yaml'));
    expect(planObject(object)).toEqual(plan(shipped(name), {}, 'm.ts'));
  },
);

it('places are a file and keys, without a line', () => {
  const root = readMatrixObject({ axes: { tls: [{ none: 1 }] } }, 'm.ts');
  expect(find(root, ['axes', 'tls', 0, 'none'])?.place).toEqual({
    kind: 'object',
    file: 'm.ts',
    path: ['axes', 'tls', 0, 'none'],
  });
});

it('the order of axes and variants is that of the object', () => {
  const tls = { '1.3': { connection: { tls: '1.3' } }, none: {} };
  const made = planObject({ axes: { ...versions, tls, body: { large: {}, b: {} } } });
  expect(ids(made)).toEqual([
    ...['tls=1.3,body=large', 'tls=1.3,body=b'],
    ...['tls=none,body=large', 'tls=none,body=b'],
  ]);
});

it('one object may be used in several places', () => {
  const shared = { connection: { reuse: 'close' } };
  const made = planObject({ axes: { ...versions, again: { one: shared, two: shared } } });
  expect(cellNamed(made, 'again=two').arms.baseline.connection.reuse).toEqual({ kind: 'close' });
});

describe('what no file could say is refused by its path', () => {
  class Version {}
  const holdsItself: Record<string, unknown> = {};
  holdsItself.env = holdsItself;
  const values: readonly (readonly [string, unknown, string])[] = [
    ['undefined', undefined, 'is undefined'],
    ['a function', () => 1, 'is a function'],
    ['a symbol', Symbol('x'), 'is a symbol'],
    ['a bigint', 5n, 'is a bigint'],
    ['not a number', Number.NaN, 'is NaN'],
    ['a date', new Date(0), 'is an instance of Date'],
    ['a Map', new Map(), 'is an instance of Map'],
    ['an instance', new Version(), 'is an instance of Version'],
  ];

  it.each(values)('%s', (_title, value, words) => {
    const said = refusal({ axes: { version: { v1: { client: { workers: value } } } } });
    expect(said).toMatch(
      /^m\.ts: axes\.version\.v1\.client\.workers: is .*, which no file could say\. Write /,
    );
    expect(said).toContain(words);
  });

  it('a hole in a list', () => {
    expect(refusal({ scenario: { requests: new Array(1) } })).toContain(
      'm.ts: scenario.requests[0]: is undefined',
    );
  });

  it('an object that holds itself', () => {
    expect(refusal({ client: holdsItself })).toBe(
      'm.ts: client.env: holds itself. Write the value out.',
    );
  });

  it('a name that would be lost', () => {
    expect(refusal({ target: { env: JSON.parse('{"__proto__": "1"}') } })).toContain(
      'm.ts: target.env.__proto__: this name cannot be a key',
    );
  });

  it('objects that stand for a huge one', () => {
    let value: unknown = 'x';
    for (let i = 0; i < 20; i += 1) value = [value, value];
    expect(refusal({ scenario: { requests: value } })).toContain('more than 20000 values');
  });

  it.each([[[]], ['text'], [5], [null], [undefined], [() => ({})]])(
    '%s instead of a matrix',
    (object) => {
      expect(refusal(object)).toMatch(/^m\.ts: the matrix is not an object\./);
    },
  );
});

describe('what a text may not say either is refused by its path', () => {
  it.each([
    [
      { axes: { version: { v1: { conection: {} } } } },
      'm.ts: axes.version.v1.conection: unknown key. Did you mean "connection"?',
    ],
    [
      { axes: { ...versions, tls: { a: { client: { runtime: 'node@20' } } } } },
      'm.ts: axes.tls.a.client.runtime: axes.version.v1.client.runtime writes the same setting. Write it in one of the axes version and tls only.',
    ],
    [
      { axes: versions, connection: { session: 'resumed' } },
      'm.ts: connection.session: resumed (from the base settings) has no effect in the cell all, where tls is none (from the default). Change tls, or remove session.',
    ],
    [
      { axes: { ...versions, size: { big: { target: { bodyBytes: 'much' } } } } },
      'm.ts: axes.size.big.target.bodyBytes: "much" is not a size. Write a size such as 13, 1kB or 64KiB.',
    ],
    [
      { axes: versions, measure: { budget: '1ms', looks: [2] } },
      'm.ts: measure.budget: 0.1s is too short',
    ],
  ])('%#', (object, words) => {
    expect(refusal(object)).toContain(words);
  });
});

it('defineMatrix gives back what it is given', () => {
  const matrix = { axes: versions };
  const make = async () => matrix;
  expect(defineMatrix(matrix)).toBe(matrix);
  expect(defineMatrix(make)).toBe(make);
});
