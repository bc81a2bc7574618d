import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answered, Exchange } from '../../../src/target/relay/exchange.ts';

const get = 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n';
const head = 'HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n';
const post = 'POST /b HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody';
const hello = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const chunked = 'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
const empty = 'HTTP/1.1 204 No Content\r\n\r\n';
const untilClosed = 'HTTP/1.0 200 OK\r\n\r\nlasts';
const interim = 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n';

/** @param sizes of the pieces that the answers come in */
function read(sent: string, came: string, sizes: readonly number[] = []) {
  const answers: Answered[] = [];
  const exchange = new Exchange((answer) => void answers.push(answer));
  exchange.sent(Buffer.from(sent));
  const bytes = Buffer.from(came);
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    exchange.came(bytes.subarray(at, at + size));
    at = Math.min(bytes.length, at + size);
  }
  exchange.ended();
  return { answers, isLost: exchange.isLost };
}

const answer = (status: number, bodyBytes: number, version = '1.1'): Answered => ({
  ...{ status, version, bodyBytes },
});

describe('requests and answers on one connection', () => {
  it.each<[string, string, string, readonly Answered[]]>([
    ['kept alive', get + post, hello + chunked, [answer(200, 5), answer(201, 3)]],
    ['without a body', get, empty, [answer(204, 0)]],
    [
      'of a HEAD',
      head + get,
      `HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n${hello}`,
      [answer(200, 0), answer(200, 5)],
    ],
    ['until the end', get, untilClosed, [answer(200, 5, '1.0')]],
    ['with hints before it', get, interim + hello, [answer(200, 5)]],
    ['that is cut off', get, hello.slice(0, -1), []],
    ['that none comes to', get, '', []],
  ])('an answer %s', (_, sent, came, expected) => {
    expect(read(sent, came)).toEqual({ answers: expected, isLost: false });
  });

  it('is read the same in whatever pieces it comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 90 })), (sizes) => {
        const all = read(get + head + post, hello + hello.slice(0, -5) + chunked, sizes);
        expect(all.answers.map(({ status }) => status)).toEqual([200, 200, 201]);
      }),
    );
  });

  it.each([
    ['is something else', 'SSH-2.0-x\r\n', ''],
    ['is answered by something else', get, '220 mail\r\n'],
    ['becomes a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n'],
    [
      'becomes another protocol',
      get,
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
  ])('cannot be read where it %s', (_, sent, came) => {
    expect(read(sent, came).isLost).toBe(true);
  });
});
