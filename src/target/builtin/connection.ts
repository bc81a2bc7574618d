import type { Socket } from 'node:net';
import { HTTPParser } from 'http-parser-js';
import type { TargetCounters } from './counters.ts';

/** What every request is answered with, encoded once. */
export interface Answer {
  readonly head: Buffer;
  /** The same where the client wants its connection closed: some write to it again unless they are told. */
  readonly lastHead: Buffer;
  readonly body: Buffer;
  readonly delayMs: number;
}

const methodHead = HTTPParser.methods.indexOf('HEAD');

/**
 * Answers the requests of one connection. Not node:http: the target should be the cheaper end, so that
 * the client under test is the one that saturates (docs/decisions/003).
 */
export function serveConnection(socket: Socket, answer: Answer, counters: TargetCounters): void {
  const parser = new HTTPParser(HTTPParser.REQUEST);
  const whole = Buffer.concat([answer.head, answer.body]);
  const last = Buffer.concat([answer.lastHead, answer.body]);
  let isHead = false;
  let isLast = false;
  let version = '1.1';
  const respond = (): void => {
    if (socket.destroyed) return;
    counters.request(version, isHead ? 0 : answer.body.length);
    if (isLast) socket.end(isHead ? answer.lastHead : last);
    else socket.write(isHead ? answer.head : whole);
  };
  parser[HTTPParser.kOnHeadersComplete] = (head) => {
    isHead = head.method === methodHead;
    isLast = !head.shouldKeepAlive;
    version = head.versionMinor === 1 ? '1.1' : `${head.versionMajor}.${head.versionMinor}`;
  };
  parser[HTTPParser.kOnBody] = (chunk) => counters.received(chunk.length);
  parser[HTTPParser.kOnMessageComplete] = () => {
    if (answer.delayMs === 0) respond();
    else {
      counters.pending += 1;
      setTimeout(() => {
        counters.pending -= 1;
        respond();
      }, answer.delayMs);
    }
  };
  socket.setNoDelay(true);
  socket.on('data', (data) => {
    if (parser.execute(data) instanceof Error) socket.destroy();
  });
  // A client that goes away shows in the client's own counts.
  socket.on('error', () => socket.destroy());
}
