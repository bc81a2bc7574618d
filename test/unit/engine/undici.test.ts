import { expect, test } from 'vitest';
import { undiciEngine } from '../../../src/engine/undici.ts';
import { plan } from '../../fixtures/matrix/planned.ts';

const refused = (program: string, text = '', runtime = '20'): string | null => {
  const versions = 'axes: { version: { v1: {}, v2: {} } }';
  const { arms } = plan(`client: { engine: undici }\n${versions}\n${text}`).cells[0];
  return undiciEngine.refuses(arms.baseline, { runtime, program });
};
const deleting = 'scenario: { requests: [{ path: / }, { method: DELETE, body: x }] }';

test.each([
  ['5.14.0', '', 'client.engine: npm:undici@5.14.0 (it honours: 5.17.0 or newer)'],
  ['4', '', 'client.engine: npm:undici@4 (it honours: 5.17.0 or newer)'],
  [
    '6.20.1',
    deleting,
    'method: DELETE with a body (before 6.21.0 it closes the connection after it)',
  ],
])('release %s is refused: %s', (release, text, why) => {
  expect(refused(release, text)).toBe(why);
});

test.each([
  ['5.17.0', ''],
  ['8.12.4', deleting],
  ['5.29.0', `${deleting}\nconnection: { reuse: close }`],
  ['5.29.0', 'scenario: { requests: [{ method: DELETE }, { method: PUT, body: x }] }'],
  ['7', 'scenario: { requests: [{ headers: { host: a } }, {}] }'],
  ['7', 'connection: { tls: 1.3 }\nscenario: { requests: [{ headers: { Host: a } }] }'],
])('release %s is not: %s', (release, text) => {
  expect(refused(release, text)).toBeNull();
});

test('a range is not refused while its newest release may do', () => {
  expect(refused('5')).toBeNull();
  expect(refused('6', deleting)).toBeNull();
  expect(refused('5', deleting)).toMatch(/before 6\.21\.0/);
});

test('a Node on which our worker does not run is refused', () => {
  expect(refused('5', '', '14.21.3')).toBe(
    'client.runtime: node@14.21.3 (it needs Node 16 or newer)',
  );
});
