import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { RelayCounters } from '../../../src/target/relay/counters.ts';
import { createRelay } from '../../../src/target/relay/server.ts';
import { until } from '../../support/until.ts';

const host = '127.0.0.1';
const open: net.Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function listening(server: net.Server): Promise<number> {
  open.push(server);
  await once(server.listen(0, host), 'listening');
  return (server.address() as AddressInfo).port;
}

/** A relay before a server that treats each connection so. */
async function relayed(serve: (socket: net.Socket) => void) {
  const port = await listening(net.createServer({ allowHalfOpen: true }, serve));
  return relayTo(port);
}

async function relayTo(port: number) {
  const counters = new RelayCounters();
  const relay = createRelay({ address: host, to: { host, port } }, counters);
  const client = net.connect({ host, port: await listening(relay), allowHalfOpen: true });
  let came = '';
  client.setEncoding('latin1').on('data', (text) => {
    came += String(text);
  });
  let failure: string | null = null;
  client.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code ?? error.message;
  });
  const closed = once(client, 'close').catch(() => once(client, 'close'));
  return { client, counters, closed, came: () => came, failure: () => failure };
}

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a relay', () => {
  it('counts what it forwards by the time that it is there', async () => {
    const { client, counters, came, closed } = await relayed((socket) => {
      socket.on('data', () => socket.write(answer));
      socket.on('end', () => socket.end());
    });
    client.write(request);
    await until(() => came() === answer);
    expect(counters.snapshot()).toEqual({
      ...{ connections: 1, handshakesFull: 0, handshakesResumed: 0, requests: 1, bytesOut: 2 },
      ...{ wireIn: request.length, wireOut: answer.length },
    });
    expect(counters.observed()).toMatchObject({ statuses: [200], httpVersions: ['1.1'] });
    client.end();
    await closed;
  });

  it('ends each direction by itself: an answer may follow when the client has said all', async () => {
    const { client, came, closed } = await relayed((socket) => {
      socket.resume().on('end', () => socket.end('late'));
    });
    client.end('all');
    await closed;
    expect(came()).toBe('late');
  });

  it('ends when the target does, with all that it said', async () => {
    const { client, came, closed } = await relayed((socket) => socket.end(answer));
    client.on('end', () => client.end());
    await closed;
    expect(came()).toBe(answer);
  });

  it('hands a reset on', async () => {
    const { closed, failure, client } = await relayed((socket) => {
      socket.on('data', () => socket.resetAndDestroy());
      socket.on('error', () => {});
    });
    client.write('x');
    await closed;
    expect(failure()).toBe('ECONNRESET');
  });

  it('resets where nobody listens', async () => {
    const free = net.createServer();
    const port = await listening(free);
    await new Promise((done) => free.close(done));
    const { closed, counters, failure } = await relayTo(port);
    await closed;
    expect(failure()).toBe('ECONNRESET');
    expect(counters.snapshot().connections).toBe(1);
  });

  it('reads no requests where a connection is encrypted', async () => {
    const { client, counters, closed } = await relayed((socket) => {
      socket.resume().on('end', () => socket.end());
    });
    client.end(Buffer.from([22, 3, 1, 0, 0]));
    await closed;
    expect(counters.snapshot()).toMatchObject({ requests: null, bytesOut: null, connections: 1 });
  });
});
