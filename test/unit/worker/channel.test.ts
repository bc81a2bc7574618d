import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Expectation } from '../../../src/model/settings.ts';
import { Channel } from '../../../src/worker/channel.ts';
import { encodeRequest } from '../../../src/worker/request-bytes.ts';
import { Tally } from '../../../src/worker/tally.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A channel to a server that does just what the test says with each connection. */
async function channelTo(serve: (socket: Socket) => void, listening: 'there' | 'gone' = 'there') {
  const server = net.createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (listening === 'gone') await new Promise((closed) => server.close(closed));
  const socket = net.connect({ host: '127.0.0.1', port });
  closing.push(() => {
    socket.destroy();
    server.close();
  });
  const tally = new Tally(1);
  const channel = new Channel(socket, tally);
  const ask = (expect: Partial<Expectation> = {}, method = 'GET'): Promise<string | null> =>
    new Promise((resolve) => {
      const spec = {
        ...{ method, path: '/', headers: {}, body: null },
        expect: { status: 200, body: { kind: 'any' } as const, ...expect },
      };
      const origin = { host: '127.0.0.1', port, perConnection: null } as const;
      channel.send(encodeRequest(spec, origin, 0), resolve);
    });
  return { channel, tally, socket, ask };
}

/** Answers every request with the same pieces, each in a packet of its own. */
const answering =
  (...pieces: string[]) =>
  (socket: Socket): void => {
    socket.setNoDelay(true);
    socket.on('data', async () => {
      for (const piece of pieces) {
        await new Promise((written) => socket.write(piece, written));
        await new Promise(setImmediate);
      }
    });
  };

describe('what comes back is read', () => {
  it('whole, and again on the same socket', async () => {
    const { channel, tally, ask } = await channelTo(
      answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'),
    );
    expect(await ask()).toBeNull();
    expect(await ask({ body: { kind: 'equals', text: 'hello' } })).toBeNull();
    expect(channel.usable).toBe(true);
    expect(tally.bytesIn).toBe(10);
    expect(tally.observed()).toMatchObject({ statuses: [200], httpVersions: ['1.1'] });
  });

  it('in pieces that break lines, lengths and chunks', async () => {
    const pieces = [
      'HTTP/1.',
      '1 200 O',
      'K\r\nTransfer-Enc',
      'oding: chunked\r\n\r',
      '\n5\r',
      '\nhe',
    ];
    const { tally, ask } = await channelTo(answering(...pieces, 'llo\r\n0\r', '\n\r\n'));
    expect(await ask({ body: { kind: 'equals', text: 'hello' } })).toBeNull();
    expect(tally.bytesIn).toBe(5);
  });

  it('past what is not the answer yet', async () => {
    const { ask } = await channelTo(
      answering(
        'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      ),
    );
    expect(await ask()).toBeNull();
    expect(await ask()).toBeNull();
  });

  it('without a body after HEAD, whatever the length says', async () => {
    const { ask } = await channelTo(answering('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'));
    expect(await ask({}, 'HEAD')).toBeNull();
    expect(await ask({}, 'HEAD')).toBeNull();
  });

  it('to the end of the connection where nothing else tells the end', async () => {
    const { channel, ask } = await channelTo((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nhello'));
    });
    expect(await ask({ body: { kind: 'bytes', bytes: 5 } })).toBeNull();
    expect(channel.usable).toBe(false);
  });
});

describe('a channel is not used again', () => {
  it('when the server says close', async () => {
    const { channel, ask } = await channelTo(
      answering('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(await ask()).toBeNull();
    expect(channel.usable).toBe(false);
  });

  it('when the server closes it between two requests', async () => {
    const { channel, ask, socket } = await channelTo((accepted) => {
      accepted.once('data', () => accepted.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    });
    expect(await ask()).toBeNull();
    if (!socket.closed) await once(socket, 'close');
    expect(channel.usable).toBe(false);
  });
});

describe('a request fails, once and with the reason', () => {
  it.each<[string, string[], string]>([
    [
      'another status',
      ['HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'],
      'GET /: status 503, expected 200',
    ],
    ['no HTTP', ['SSH-2.0-x\r\n\r\n'], 'not HTTP/1.1: Parse Error'],
  ])('%s', async (_, pieces, reason) => {
    const { tally, ask } = await channelTo(answering(...pieces));
    expect(await ask()).toBe(reason);
    expect(tally.bytesIn).toBe(0);
  });

  it('a body that is cut off', async () => {
    const { ask } = await channelTo((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhell'));
    });
    expect(await ask()).toBe('the connection was closed before the answer was complete');
  });

  it('a connection that is refused', async () => {
    const { ask } = await channelTo(() => {}, 'gone');
    expect(await ask()).toMatch(/ECONNREFUSED/);
  });

  it('an answer that never comes, when its time is over', async () => {
    const { channel, ask } = await channelTo(() => {});
    const answer = ask();
    expect(channel.waitingSince()).toBeTypeOf('number');
    channel.abort('no answer within 5 ms');
    expect(await answer).toBe('no answer within 5 ms');
    expect(channel.waitingSince()).toBeNull();
  });
});
