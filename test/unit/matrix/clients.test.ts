import { describe, expect, test } from 'vitest';
import { plan, refusal, versions } from '../../fixtures/matrix/planned.ts';

const targets = "axes: { version: { v1: { target: { env: { A: '1' } } }, v2: {} } }";
const clientsOf = (text: string) => plan(text).cells.map(({ clients }) => clients);

describe('the client', () => {
  test('is one for both arms where only the target differs, an A/A run included', () => {
    expect(clientsOf(targets)).toEqual(['shared']);
    expect(plan(targets, { candidate: 'v1' }).cells[0].clients).toBe('shared');
    expect(clientsOf(`client: { engine: undici }\n${targets}`)).toEqual(['shared']);
  });

  test.each([
    ['the client differs', versions],
    ['nothing is said to differ', 'axes: { version: { v1: {}, v2: {} } }'],
    [
      'more than the target differs',
      "axes: { version: { v1: { target: { env: { A: '1' } } }, v2: { connection: { tls: 1.3 } } } }",
    ],
    ['a program of others sends', `client: { engine: wrk }\n${targets}`],
    [
      'the certificates are signed by two authorities',
      'axes: { version: { v1: {}, v2: { target: { key: rsa } } } }',
    ],
    ['the file says so', `measure: { clients: each }\n${targets}`],
  ])('is one for each arm where %s', (_, text) => {
    expect(clientsOf(text)).toEqual(['each']);
  });

  test.each([
    [versions, 'what is compared changes more than the target'],
    [`client: { engine: wrk }\n${targets}`, 'wrk sends to one target only'],
    ['axes: { version: { v1: {}, v2: { target: { key: rsa } } } }', 'target.key differs'],
  ])('is not shared where it cannot be', (text, why) => {
    expect(refusal(`measure: { clients: shared }\n${text}`)).toBe(
      `m.yaml:1:21: measure.clients: both arms cannot share one client: ${why}. Write each, or remove it.`,
    );
  });
});
