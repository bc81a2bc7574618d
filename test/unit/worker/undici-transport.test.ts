import net, { type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Asked, listening, startServer, undiciLoad } from '../../support/undici-load.ts';

/** One request to a server that does just what the test says with each connection. */
async function ask(serve: (socket: Socket) => void, asked: Partial<Asked> = {}) {
  const accepted: Socket[] = [];
  const server = net.createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => socket.destroy());
    serve(socket);
  });
  const load = undiciLoad({ port: await listening(server), ...asked });
  await load.slice(1);
  for (const socket of accepted) socket.destroy();
  return load.tally;
}

const answering = (answer: string) => (socket: Socket) =>
  void socket.on('data', () => socket.write(answer));

describe('a request fails, once and with the reason', () => {
  it.each<[string, string, Partial<Asked>, string | RegExp]>([
    [
      'another status',
      'HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n',
      {},
      'status 503, expected 200',
    ],
    [
      'another body',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
      { request: { expect: { status: 200, body: { kind: 'includes', text: 'world' } } } },
      'body lacks the expected text',
    ],
    [
      'another length',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
      { request: { expect: { status: 200, body: { kind: 'bytes', bytes: 6 } } } },
      'body of 5 bytes, expected 6',
    ],
    ['no HTTP', 'SSH-2.0-x\r\n\r\n', {}, /Expected HTTP/],
  ])('%s', async (_, answer, asked, reason) => {
    const { errors, requests, bytesIn, firstError } = await ask(answering(answer), asked);
    expect({ errors, requests, bytesIn }).toEqual({ errors: 1, requests: 0, bytesIn: 0 });
    expect(firstError).toMatch(reason);
  });

  it('a connection that is refused', async () => {
    const server = net.createServer();
    const port = await listening(server);
    await new Promise((closed) => server.close(closed));
    const { tally, slice } = undiciLoad({ port });
    await slice(2);
    expect(tally).toMatchObject({ errors: 2, connections: 0 });
    expect(tally.firstError).toMatch(/ECONNREFUSED/);
  });

  it('a connection that is closed', async () => {
    const { errors, firstError } = await ask(
      (socket) => void socket.once('data', () => socket.end()),
    );
    expect({ errors, firstError }).toEqual({ errors: 1, firstError: 'other side closed' });
  });

  it.each(['none', '1.3'] as const)('an answer that does not come in time, tls %s', async (tls) => {
    const { errors, firstError } = await ask(() => undefined, { tls, requestTimeoutMs: 60 });
    expect({ errors, firstError }).toEqual({ errors: 1, firstError: 'no answer within 60 ms' });
  });

  it('a body that stops half-way', async () => {
    const half = answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell');
    const { errors, firstError } = await ask(half, { requestTimeoutMs: 60 });
    expect({ errors, firstError }).toEqual({ errors: 1, firstError: 'no answer within 60 ms' });
  });
});

describe('a slot', () => {
  it('connects anew after a failure, and begins to count its requests anew', async () => {
    let connections = 0;
    const server = net.createServer((socket) => {
      connections += 1;
      const isFirst = connections === 1;
      let requests = 0;
      socket.on('data', () => {
        requests += 1;
        if (isFirst && requests === 2) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      });
    });
    const { tally, slice } = undiciLoad({ port: await listening(server), perConnection: 3 });
    await slice(5);
    // One answered and one lost on the first, three on the second.
    expect(tally).toMatchObject({ requests: 4, errors: 1, connections: 2 });
  });

  it('keeps its connection over a method that undici closes after', async () => {
    const { port, counts } = await startServer();
    const { slice } = undiciLoad({ port, request: { method: 'HEAD' } });
    await slice(6);
    expect(counts()).toMatchObject({ requests: 6, connections: 1 });
  });

  it('has a connection of its own, however seldom it sends', async () => {
    const { port, counts } = await startServer();
    const { slice } = undiciLoad({ port, slots: 5 });
    await slice(5);
    await slice(5);
    expect(counts()).toMatchObject({ requests: 10, connections: 5 });
  });
});

it('counts what it sends and what it is answered, in bytes of bodies', async () => {
  const { port, counts } = await startServer();
  const { tally, slice } = undiciLoad({ port, request: { method: 'POST', body: 'née' } });
  await slice(3);
  expect(tally).toMatchObject({ requests: 3, bytesOut: 12, bytesIn: 15 });
  expect(counts()).toMatchObject({ bytesIn: 12, bytesOut: 15 });
});

it('looks up a name for each connection, and an address never', async () => {
  const { port } = await startServer();
  const named = undiciLoad({ port, host: 'localhost', perConnection: 1 });
  await named.slice(3);
  expect(named.tally).toMatchObject({ requests: 3, lookups: 3 });
  const literal = undiciLoad({ port, perConnection: 1 });
  await literal.slice(3);
  expect(literal.tally).toMatchObject({ requests: 3, lookups: 0 });
});

it('is settled once every connection is closed that is not kept', async () => {
  const { port } = await startServer();
  const { tally, slice } = undiciLoad({ port, slots: 2, perConnection: 2 });
  await slice(4);
  expect(tally.connections).toBe(2);
  await slice(2);
  await slice(2);
  expect(tally.connections).toBe(4);
});
