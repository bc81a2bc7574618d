import { describe, expect, test } from 'vitest';
import { axes, ids, plan, refusal } from '../../fixtures/matrix/planned.ts';

const tls = 'tls: {none: {connection: {tls: none}}, 1.3: {connection: {tls: 1.3}}}';
const body = 'body: {small: {}, large: {target: {bodyBytes: 1MB}}}';
const text = axes(tls, body);

test('the product of the axes that are not compared, in the order of the file', () => {
  expect(ids(plan(text))).toEqual([
    'tls=none,body=small',
    'tls=none,body=large',
    'tls=1.3,body=small',
    'tls=1.3,body=large',
  ]);
  expect(plan(text).axes).toEqual([
    { name: 'tls', variants: ['none', '1.3'] },
    { name: 'body', variants: ['small', 'large'] },
  ]);
  expect(plan(text).cells[2]?.variants).toEqual({ tls: '1.3', body: 'small' });
});

test('one cell called all where the compare axis is the only one', () => {
  expect(ids(plan(axes()))).toEqual(['all']);
  expect(plan(axes()).axes).toEqual([]);
});

test('exclude drops what any pattern matches, include puts some of it back', () => {
  const excluded = `${text}exclude: [{tls: none, body: large}, {tls: 1.3}]\n`;
  expect(ids(plan(excluded))).toEqual(['tls=none,body=small']);
  expect(ids(plan(`${excluded}include: [{body: large}]\n`))).toEqual([
    'tls=none,body=small',
    'tls=none,body=large',
    'tls=1.3,body=large',
  ]);
  expect(ids(plan(`${text}include: [{body: large}]\n`))).toEqual(ids(plan(text)));
});

test('variants without a cell are no part of the span', () => {
  expect(plan(`${text}exclude: [{tls: none}]`).axes[0]).toEqual({ name: 'tls', variants: ['1.3'] });
});

test('--only: all of one, or any of several', () => {
  expect(ids(plan(text, { only: ['tls=1.3,body=large'] }))).toEqual(['tls=1.3,body=large']);
  expect(ids(plan(text, { only: ['body=small', ' tls=none , body=large '] }))).toEqual([
    'tls=none,body=small',
    'tls=none,body=large',
    'tls=1.3,body=small',
  ]);
});

describe('patterns that name what there is not', () => {
  test.each([
    [
      'exclude: [{tsl: none}]',
      '6:12: exclude[0].tsl: "tsl" is not an axis of the matrix. Did you mean "tls"?',
    ],
    [
      'exclude: [{x: none}]',
      '6:12: exclude[0].x: "x" is not an axis of the matrix. Choose one of tls, body.',
    ],
    [
      'exclude: [{tls: 1.3}, {tls: 1.4}]',
      '6:29: exclude[1].tls: "1.4" is not a variant of the axis tls. Did you mean "1.3"?',
    ],
    [
      'exclude: [{tls: 1.30}]',
      '6:17: exclude[0].tls: "1.30" is not a variant of the axis tls. Did you mean "1.3"?',
    ],
    [
      'include: [{body: tiny}]',
      '6:18: include[0].body: "tiny" is not a variant of the axis body. Choose one of small, large.',
    ],
    [
      'exclude: [{version: v1}]',
      '6:12: exclude[0].version: version is the compare axis, and every cell has both of its roles. Name other axes only.',
    ],
    [
      'exclude: [{}]',
      '6:11: exclude[0]: an empty pattern matches every cell. Name an axis and a variant.',
    ],
    [
      'exclude: {tls: none}',
      '6:10: exclude: a mapping is not a list. Write it as a list: [{ axis: variant }].',
    ],
    ['exclude: [tls]', '6:11: exclude[0]: "tls" is not a mapping. Write { axis: variant }.'],
    [
      'exclude: [{tls: [none]}]',
      '6:17: exclude[0].tls: is not the name of a variant. Write one name for each axis.',
    ],
    [
      'exclude: [{tls: none}, {tls: 1.3}]',
      '6:1: exclude: every cell is excluded. Remove a pattern.',
    ],
  ])('%s', (pattern, message) => {
    expect(refusal(`${text}${pattern}`)).toBe(`m.yaml:${message}`);
  });

  test.each([
    ['tls', '--only: "tls" is not axis=variant. Write one such as tls=none.'],
    ['tls=1.3,', '--only: "" is not axis=variant. Write one such as tls=none.'],
    ['tls=1.3=2', '--only: "tls=1.3=2" is not axis=variant. Write one such as tls=none.'],
    ['tsl=none', '--only: "tsl" is not an axis of the matrix. Did you mean "tls"?'],
    ['tls=1.2', '--only: "1.2" is not a variant of the axis tls. Did you mean "1.3"?'],
    ['tls=none,tls=1.3', '--only: "tls=none,tls=1.3" names tls twice. Use --only once for each.'],
    [
      'version=v1',
      '--only: version is the compare axis, and every cell has both of its roles. Name other axes only.',
    ],
  ])('--only %s', (only, message) => {
    expect(refusal(text, { only: [only] })).toBe(message);
  });

  test('--only that leaves no cell', () => {
    expect(
      refusal(`${text}exclude: [{tls: none}]`, { only: ['tls=none', 'tls=none,body=large'] }),
    ).toBe(
      '--only tls=none --only tls=none,body=large: no cell is left, because exclude drops what it names. Choose among tls=1.3,body=small tls=1.3,body=large.',
    );
  });
});
