import { expect, test } from 'vitest';
import { parseRuntime, pathsFrom } from '../../../src/matrix/runtime.ts';
import { plan, versions } from '../../fixtures/matrix/planned.ts';

test.each([
  ['current', { kind: 'current' }],
  ['node@16.20.2', { kind: 'npm', version: '16.20.2' }],
  ['node@20', { kind: 'npm', version: '20' }],
  ['/opt/node/bin/node', { kind: 'path', path: '/opt/node/bin/node' }],
  ['./node', { kind: 'path', path: './node' }],
  ['../node', { kind: 'path', path: '../node' }],
  ['node', null],
  ['node@', null],
  ['node@latest', null],
  ['node@20 --evil', null],
  ['node@20/../..', null],
  ['', null],
])('the runtime %j', (text, expected) => {
  expect(parseRuntime(text)).toEqual(expected);
});

test.each([
  ['/work/project', './node', '/work/project/node'],
  ['/work/project', '../node', '/work/node'],
  ['/work/project', '/opt/node', '/opt/node'],
  ['.', './node', './node'],
  ['matrix', '../node', './node'],
  ['.', '../node', '../node'],
])('in the folder %s, %s is %s', (folder, given, expected) => {
  expect(pathsFrom(folder)(given)).toBe(expected);
});

test('paths of the file begin at the file, those of the command line stay as typed', () => {
  const text = `connection: {tls: 1.3, reuse: close, ca: {file: ca.pem}}
axes: {version: {v1: {client: {runtime: ./node16}}}}`;
  const { arms } = plan(text, { candidate: './node20' }, 'stories/m.yaml').cells[0];
  expect(arms.baseline.client.runtime).toEqual({ kind: 'path', path: './stories/node16' });
  expect(arms.candidate.client.runtime).toEqual({ kind: 'path', path: './node20' });
  expect(arms.baseline.connection.ca).toEqual({ kind: 'file', path: './stories/ca.pem' });
  expect(plan(versions).cells[0].arms.baseline.client.runtime).toEqual({
    kind: 'npm',
    version: '16',
  });
});
