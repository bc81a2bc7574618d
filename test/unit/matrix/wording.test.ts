import { expect, test } from 'vitest';
import { keyPath } from '../../../src/matrix/place.ts';
import { nearest, oneOfThese, shown, suggestion } from '../../../src/matrix/wording.ts';

test.each([
  ['conections', 'connections'],
  ['Connections', 'connections'],
  ['conn', null],
  ['userz', 'users'],
  ['suers', 'users'],
  ['', null],
])('the name nearest to %j is %j', (name, expected) => {
  expect(nearest(name, ['connections', 'users'])).toBe(expected);
});

test('a suggestion names the nearest, else all there are', () => {
  expect(suggestion('v3', ['v1', 'long'])).toBe('Did you mean "v1"?');
  expect(suggestion('other', ['v1', 'v2'])).toBe('Choose one of v1, v2.');
  expect(suggestion('other', ['v1'])).toBe('Write v1.');
  expect(suggestion('other', [])).toBe('Remove it.');
  expect(oneOfThese('other', ['v1'])).toBe('Write one of these.');
});

test.each([
  ['a\nb', '"a\\nb"'],
  ['\u001b[31m', '"\\u001b[31m"'],
  ['\u009b31m', '"\\u009b31m"'],
  ['\u2028', '"\\u2028"'],
  ['x'.repeat(70), `"${'x'.repeat(60)}…"`],
  [1.3, '1.3'],
  [true, 'true'],
  [null, 'nothing'],
  [{}, 'a mapping'],
  [[], 'a list'],
])('%j is shown in one line as %j', (value, expected) => {
  expect(shown(value)).toBe(expected);
});

test('a key path quotes what is no plain word', () => {
  expect(keyPath(['axes', 'tls', '1.3', 'scenario', 'requests', 0, 'path'])).toBe(
    'axes.tls["1.3"].scenario.requests[0].path',
  );
  expect(keyPath(['axes', 'close-new-context', 'a\nb'])).toBe('axes.close-new-context["a\\nb"]');
});
