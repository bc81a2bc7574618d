import { describe, expect, test } from 'vitest';
import { find, plain } from '../../../src/matrix/located.ts';
import { readMatrixText } from '../../../src/matrix/read.ts';
import { fixture, refusal, versions } from '../../fixtures/matrix/planned.ts';

const positions = (text: string, ...paths: (readonly (string | number)[])[]) =>
  paths.map((path) => {
    const place = find(readMatrixText(text, 'm'), path)?.place;
    return place?.kind === 'file' ? `${place.line}:${place.column}` : 'nowhere';
  });

describe('positions', () => {
  test('of block and flow values in YAML', () => {
    const text = '# story\na:\n  b: 1\n  c: [x, { d: y }]\n  e:\nf: "z"\n';
    expect(
      positions(text, ['a'], ['a', 'b'], ['a', 'c', 0], ['a', 'c', 1, 'd'], ['a', 'e'], ['f']),
    ).toEqual(['3:3', '3:6', '4:7', '4:15', '5:5', '6:4']);
  });

  test('of JSON, indented with tabs', () => {
    const text = '{\n\t"a": {\n\t\t"b": [1, 2]\n\t}\n}\n';
    expect(positions(text, ['a'], ['a', 'b'], ['a', 'b', 1])).toEqual(['2:7', '3:8', '3:12']);
  });

  test('with Windows line ends', () => {
    expect(positions('a:\r\n  b: 1\r\nc: 2\r\n', ['a', 'b'], ['c'])).toEqual(['2:6', '3:4']);
  });

  test('of an alias lie where the text is, its path where it is used', () => {
    const root = readMatrixText('a: &x { b: 1 }\nc: *x\n', 'm');
    expect(find(root, ['c', 'b'])?.place).toEqual({
      kind: 'file',
      file: 'm',
      line: 1,
      column: 12,
      path: ['c', 'b'],
    });
  });
});

test('keys are the text of the source', () => {
  const root = readMatrixText("{2.10: a, 2.1: b, 1.0: c, '1': d, null: e, ~: f, 0x10: g}", 'm');
  expect([...root.entries.keys()]).toEqual(['2.10', '2.1', '1.0', '1', 'null', '~', '0x10']);
});

test('values are those of YAML 1.2, whatever a directive says', () => {
  expect(plain(readMatrixText('%YAML 1.1\n---\na: yes\nb: 1.30\nc: ~\nd: on', 'm'))).toEqual({
    a: 'yes',
    b: 1.3,
    c: null,
    d: 'on',
  });
});

test.each([
  ['', 'm.yaml:1:1: the file is empty. Begin with a copy of matrix/incident.yaml.'],
  ['# only\n', 'm.yaml:1:1: the file is empty. Begin with a copy of matrix/incident.yaml.'],
  ['[]', 'm.yaml:1:1: the file is not a mapping. Begin with a copy of matrix/incident.yaml.'],
  ['text', 'm.yaml:1:1: the file is not a mapping. Begin with a copy of matrix/incident.yaml.'],
  [
    'a: b: c',
    'm.yaml:1:4: Nested mappings are not allowed in compact mappings. Correct the syntax there.',
  ],
  ['a:\n\t- b', 'm.yaml:2:1: Tabs are not allowed as indentation. Correct the syntax there.'],
  ['{"a": 1', 'm.yaml:1:8: Flow map must end with a }. Correct the syntax there.'],
  ['a: !!foo 3', 'm.yaml:1:4: Unresolved tag: tag:yaml.org,2002:foo. Correct the syntax there.'],
  ['a: 1\n---\nb: 2', 'm.yaml:2:1: a second document begins here. Keep one matrix in a file.'],
  ['a: 1\nb: 2\na: 3', 'm.yaml:3:1: a: is given twice, first in line 1. Remove one of the two.'],
  [
    '{"a": {"b": 1,\n"b": 2}}',
    'm.yaml:2:1: a.b: is given twice, first in line 1. Remove one of the two.',
  ],
  ['? [x]\n: 1', 'm.yaml:1:3: has a key that is not text. Write a name.'],
  ['a: *x', 'm.yaml:1:4: a: the alias "x" has no anchor. Write the value out.'],
  ['a: &x [*x]', 'm.yaml:1:8: a[0]: the alias "x" holds itself. Write the value out.'],
])('%j is refused', (text, message) => {
  expect(refusal(text)).toBe(message);
});

test('aliases of aliases do not fill the memory', () => {
  const level = (i: number) =>
    `l${i}: &l${i} [${Array(10)
      .fill(`*l${i - 1}`)
      .join(', ')}]`;
  const text = ['l0: &l0 x', ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(level)].join('\n');
  expect(refusal(text)).toMatch(/the file has more than 20000 values\. Use fewer aliases\.$/);
});

describe('hostile keys', () => {
  test.each([
    [
      '__proto__: {polluted: 1}\n',
      'm.yaml:1:1: __proto__: this name cannot be a key. Choose another one.',
    ],
    [
      'client: {env: {__proto__: x}}\n',
      'm.yaml:1:16: client.env.__proto__: this name cannot be a key. Choose another one.',
    ],
  ])('%j', (text, message) => {
    expect(refusal(text + versions)).toBe(message);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('constructor is unknown where names are fixed', () => {
    expect(refusal(`constructor: {}\n${versions}`)).toMatch(
      /^m\.yaml:1:1: constructor: unknown key\. Choose one of /,
    );
    expect(fixture('hostile-names.yaml')).toContain('constructor');
  });
});
