import type { Socket } from 'node:net';
import { HTTPParser } from 'http-parser-js';
import { mismatch, needsText } from './check.ts';
import type { EncodedRequest } from './request-bytes.ts';
import type { Tally } from './tally.ts';
import type { Answered } from './transport.ts';

interface InFlight {
  readonly request: EncodedRequest;
  readonly answered: Answered;
  readonly sentAt: number;
}

interface ResponseHead {
  readonly statusCode: number;
  readonly versionMajor: number;
  readonly versionMinor: number;
  /** By what the server said, and by whether the end of its body can be told without closing. */
  readonly shouldKeepAlive: boolean;
}
const noHead = { statusCode: 0, versionMajor: 0, versionMinor: 0, shouldKeepAlive: true };

/** One socket and the parser of what comes back on it: one request at a time, checked as it is answered. */
export class Channel {
  /** False once this socket must not carry another request. */
  usable = true;
  /** Requests so far. */
  sent = 0;
  private inFlight: InFlight | null = null;
  private head: ResponseHead = noHead;
  private bodyBytes = 0;
  private chunks: Buffer[] | null = null;
  private readonly parser = new HTTPParser(HTTPParser.RESPONSE);
  private readonly socket: Socket;
  private readonly tally: Tally;

  constructor(socket: Socket, tally: Tally) {
    this.socket = socket;
    this.tally = tally;
    this.listenToParser();
    socket.on('data', (data) => {
      const read = this.parser.execute(data);
      if (read instanceof Error) this.abort(`not HTTP/1.1: ${read.message}`);
    });
    socket.on('end', () => {
      // Completes a body that lasts until the connection closes; any other is cut off, and fails below.
      this.parser.finish();
    });
    socket.on('error', (error) => this.lost(error.message));
    socket.on('close', () => this.lost('the connection was closed before the answer was complete'));
  }

  send(request: EncodedRequest, answered: Answered): void {
    this.inFlight = { request, answered, sentAt: performance.now() };
    this.sent += 1;
    this.bodyBytes = 0;
    this.chunks = needsText(request.spec.expect) ? [] : null;
    this.tally.sent(request.index, request.bodyBytes);
    this.socket.write(request.wire);
  }

  /** Since when an answer is awaited, in ms of `performance.now`; null while none is. */
  waitingSince(): number | null {
    return this.inFlight === null ? null : this.inFlight.sentAt;
  }

  /** Ends the request in flight, and the socket with it. */
  abort(reason: string): void {
    this.socket.destroy();
    this.lost(reason);
  }

  /** No more requests: the client closes first, as Node's own does. */
  retire(): void {
    this.usable = false;
    this.socket.destroySoon();
  }

  private listenToParser(): void {
    const { parser } = this;
    parser[HTTPParser.kOnHeadersComplete] = (head) => {
      this.head = head;
      // 1 means: no body follows, whatever the headers say.
      return this.inFlight?.request.spec.method === 'HEAD' ? 1 : 0;
    };
    parser[HTTPParser.kOnBody] = (chunk) => {
      this.bodyBytes += chunk.length;
      this.chunks?.push(chunk);
    };
    parser[HTTPParser.kOnMessageComplete] = () => {
      if (!isInterim(this.head.statusCode)) this.complete();
    };
  }

  private complete(): void {
    const { inFlight, head, bodyBytes, chunks } = this;
    if (inFlight === null) {
      this.abort('an answer that nobody asked for');
      return;
    }
    this.inFlight = null;
    const text = chunks === null ? null : Buffer.concat(chunks).toString('utf8');
    const failure = mismatch(inFlight.request.spec, head.statusCode, bodyBytes, text);
    // A failed answer is an error of its arm; the contract compares what both arms did answer.
    if (failure === null) {
      this.tally.answered(inFlight.request.index, bodyBytes);
      this.tally.sawResponse(head.statusCode, head.versionMajor, head.versionMinor);
    }
    if (!head.shouldKeepAlive) this.retire();
    inFlight.answered(failure);
  }

  private lost(reason: string): void {
    this.usable = false;
    const { inFlight } = this;
    this.inFlight = null;
    inFlight?.answered(reason);
  }
}

/** 100 Continue, 102 Processing, 103 Early Hints: the answer is still to come. 101 is an answer. */
const isInterim = (status: number): boolean => status < 200 && status !== 101;
