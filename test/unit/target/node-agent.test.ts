import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clausesOf } from '../../../src/contract/clauses.ts';
import { noCounts } from '../../../src/model/counts.ts';
import { TargetCounters } from '../../../src/target/builtin/counters.ts';
import { createServer } from '../../../src/target/builtin/server.ts';
import { makeCertificates } from '../../../src/target/certificates.ts';
import { plan } from '../../fixtures/matrix/planned.ts';

/**
 * The two traps of Node's own agents for which the engine opens its sockets itself. Here Node's client
 * talks to the built-in target, is taken at its word, and the target's count gives it away.
 */
const requests = 12;

async function sentBy(agent: http.Agent, protocol: 'http' | 'https') {
  const counters = new TargetCounters();
  const { leaf, authority } = await makeCertificates('ecdsa');
  const serving =
    protocol === 'https'
      ? ({ tls: '1.3', certificate: leaf } as const)
      : ({ tls: 'none', certificate: null } as const);
  const server = createServer(
    { host: '127.0.0.1', ...serving, bodyBytes: 5, delayMs: 0 },
    counters,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = protocol === 'https' ? https : http;
  const send = () =>
    new Promise<void>((resolve, reject) => {
      const to = { host: '127.0.0.1', port, agent, ca: authority, servername: 'localhost' };
      client.get(to, (response) => response.resume().on('end', resolve)).on('error', reject);
    });
  await send();
  await Promise.all(Array.from({ length: requests - 1 }, send));
  server.close();
  agent.destroy();
  return counters.snapshot();
}

function clause(name: string, tls: 'none' | '1.3', target: typeof noCounts) {
  const text = `{ connection: { tls: '${tls}', reuse: close } }`;
  const { cells } = plan(`axes: { version: { a: ${text}, b: ${text} } }`, {
    baseline: 'a',
    candidate: 'b',
  });
  const handshakesFull = tls === 'none' ? 0 : requests;
  const client = { ...noCounts, requests, connections: requests, handshakesFull, contexts: 1 };
  const evidence = {
    ...({ kind: 'slices', witness: 'target', workers: 1, slots: requests } as const),
    opened: { client: noCounts, target: noCounts, queries: null },
    measured: { client, target, queries: null },
  };
  return clausesOf(cells[0].arms.baseline, evidence).find((c) => c.clause === name)?.state;
}

describe('keepAlive: false of http.Agent', () => {
  it('opens a connection for each request while sockets are unlimited', async () => {
    const target = await sentBy(new http.Agent({ keepAlive: false }), 'http');
    expect(clause('connections', 'none', target)).toBe('proven');
  });

  it('hands sockets on under a finite maxSockets, and the contract sees it', async () => {
    const target = await sentBy(new http.Agent({ keepAlive: false, maxSockets: 2 }), 'http');
    expect(target.connections).toBeLessThan(requests);
    expect(clause('connections', 'none', target)).toBe('broken');
  });
});

describe('https.Agent with keepAlive: false', () => {
  it('resumes sessions that nobody asked for, and the contract sees it', async () => {
    const target = await sentBy(new https.Agent({ keepAlive: false }), 'https');
    expect(target.handshakesResumed).toBeGreaterThan(0);
    expect(clause('resumption', '1.3', target)).toBe('broken');
  });

  it('does not where its cache is off', async () => {
    const agent = new https.Agent({ keepAlive: false, maxCachedSessions: 0 });
    expect(clause('resumption', '1.3', await sentBy(agent, 'https'))).toBe('proven');
  });
});
