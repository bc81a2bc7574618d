import { describe, expect, it } from 'vitest';
import { declarations } from '../../../src/engine/declarations.ts';
import { refusedByEngine } from '../../../src/engine/refused.ts';
import type { EngineName } from '../../../src/model/settings.ts';
import { plan } from '../../fixtures/matrix/planned.ts';

const refused = (engine: EngineName, settings: string): string | null => {
  const text = `client: { engine: ${engine} }\n${settings}\naxes: { version: { v1: {}, v2: {} } }`;
  return refusedByEngine(plan(text).cells[0].arms.baseline, {
    ...{ runtime: '20.20.2', program: null },
  });
};
const stock = ['wrk', 'autocannon', 'k6', 'oha'] as const;

describe('a setting that an engine does not honour is named, with those that it does', () => {
  it.each(stock)('%s looks nothing up at a resolver of ours', (engine) => {
    expect(refused(engine, 'connection: { dns: cached }')).toBe(
      'connection.dns: cached (it honours: literal)',
    );
    expect(refused(engine, 'connection: { dns: literal }')).toBeNull();
  });

  it.each(stock)('%s counts a rest into the time-out of a request', (engine) => {
    const brief = 'client: { engine: http, requestTimeout: 2s }'.replace('http', engine);
    const text = `${brief}\naxes: { version: { v1: {}, v2: {} } }`;
    const { baseline } = plan(text).cells[0].arms;
    expect(refusedByEngine(baseline, { runtime: '20.20.2', program: null })).toBe(
      'client.requestTimeout: 2000 ms (a rest counts into it: 3000 ms or more)',
    );
  });

  it.each([
    ['k6', 'reuse: { every: 3 }', 'connection.reuse: every (it honours: keep-alive, close)'],
    ['autocannon', 'reuse: close', 'connection.reuse: close (it honours: keep-alive)'],
    [
      'wrk',
      'reuse: close, tls: 1.3',
      'connection.tls: 1.3 (with reuse close it honours: none, 1.2)',
    ],
    [
      'oha',
      'reuse: close, tls: 1.2',
      'connection.session: none (with reuse close and TLS 1.2 it honours: resumed)',
    ],
    [
      'k6',
      'reuse: close, tls: 1.3, session: resumed',
      'connection.session: resumed (with reuse close and TLS 1.3 it honours: none)',
    ],
    ['wrk', 'tls: 1.3, ca: bundle', 'connection.ca: bundle (it honours: none)'],
  ] as const)('%s with %s', (engine, connection, line) => {
    expect(refused(engine, `connection: { ${connection} }`)).toBe(line);
  });

  it.each([
    ['wrk', '[{ method: POST }]', 'method: POST (it honours: GET)'],
    ['wrk', '[{ expect: { status: 404 } }]', 'expect.status: 404 (it honours: 200)'],
    ['oha', '[{ expect: { body: { equals: a } } }]', 'expect.body: equals (it honours: any)'],
    ['oha', '[{ path: /a }, { path: /b }]', 'scenario.requests: 2, in sequence (it honours: one)'],
    [
      'k6',
      '[{ path: /a, weight: 1 }, { path: /b }]',
      'scenario.requests: 2, weighted (it honours: one, sequence)',
    ],
  ] as const)('%s with requests %s', (engine, requests, line) => {
    expect(refused(engine, `scenario: { requests: ${requests} }`)).toBe(line);
  });

  it('paced load cannot be paused', () => {
    const load = '{ model: open, rate: 10 }';
    expect(refused('k6', `scenario: { load: ${load} }`)).toBe(
      'scenario.load.model: open (it honours: closed)',
    );
  });

  it.each(['wrk', 'oha'] as const)('%s would show a secret to everybody', (engine) => {
    const headers = 'scenario: { requests: [{ headers: { authorization: a } }] }';
    expect(refused(engine, headers)).toContain('headers: authorization (it takes requests as');
  });
});

it('our own clients serve every mode', () => {
  const { reuse } = declarations.http;
  expect(declarations.undici).toBe(declarations.http);
  expect(Object.keys(reuse)).toEqual(['keep-alive', 'close', 'every']);
});
