import type { Socket } from 'node:net';
import { mismatch, needsText } from './check.ts';
import { countContexts } from './contexts.ts';
import { watchOverdue } from './overdue.ts';
import type { WorkerTask } from './protocol.ts';
import type { EncodedRequest } from './request-bytes.ts';
import type { Sockets } from './sockets.ts';
import type { Tally } from './tally.ts';
import type { Answered, Transport } from './transport.ts';
import type { Connect, Pool, Undici } from './undici.ts';
import { connectorOf } from './undici-connector.ts';

interface Slot {
  readonly pool: Pool;
  /** The last that was opened. */
  socket: Socket | null;
  /** Requests so far on the connection that it has or is about to open; 0 where it has none. */
  carried: number;
  /** When the request in flight was sent, in ms of `performance.now`. */
  since: number | null;
}

/** An arm may rest for longer than the four seconds after which undici closes what is idle. */
const keepAliveMs = 600_000;

/**
 * undici as its users run it: `request` of a Pool, the body read whole. Each slot has a Pool of one connection, because only
 * then is it known which connection takes a request: a user has a connection of its own, the Nth request closes its own, and
 * who is overdue loses its own. What a release does to choose among the connections of a Pool is not seen.
 */
export class UndiciTransport implements Transport {
  private readonly slots: Slot[] = [];
  private readonly overdueTimer: NodeJS.Timeout;
  private readonly connect: Connect;
  private readonly undici: Undici;
  private readonly task: WorkerTask;
  private readonly sockets: Sockets;
  private readonly tally: Tally;

  constructor(undici: Undici, task: WorkerTask, ca: string, sockets: Sockets, tally: Tally) {
    this.undici = undici;
    this.task = task;
    this.sockets = sockets;
    this.tally = tally;
    countContexts(tally);
    // One for all: the sessions of a Pool are shared by its connections.
    this.connect = connectorOf(undici, task, ca, { sockets, tally });
    this.overdueTimer = watchOverdue(task.requestTimeoutMs, (sentBefore, reason) => {
      for (const { since, socket } of this.slots) {
        if (since !== null && since < sentBefore) socket?.destroy(new Error(reason));
      }
    });
  }

  send(index: number, request: EncodedRequest, answered: Answered): void {
    countContexts(this.tally);
    const slot = this.slots[index] ?? this.open(index);
    slot.since = performance.now();
    slot.carried += 1;
    const isLast = slot.carried === this.task.perConnection;
    if (isLast) slot.carried = 0;
    this.tally.sent(request.index, request.bodyBytes);
    void this.exchange(slot, request, isLast, answered);
  }

  whenSettled(then: () => void): void {
    // A turn later: undici makes its connections ready for their next request, or forgets them, and that belongs to the slice.
    const settled = () => setImmediate(then);
    if (this.task.perConnection === null) settled();
    else {
      const kept = this.slots.filter(({ carried }) => carried > 0).length;
      this.sockets.whenClosed(kept, settled);
    }
  }

  close(): void {
    clearInterval(this.overdueTimer);
    for (const { pool } of this.slots) void pool.destroy();
    this.sockets.destroyAll();
  }

  private open(index: number): Slot {
    const { tls, host, port } = this.task;
    const pool = new this.undici.Pool(`${tls === 'none' ? 'http' : 'https'}://${host}:${port}`, {
      connections: 1,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: keepAliveMs,
      connect: (options, callback) => {
        slot.socket = this.connect(options, callback);
        return slot.socket;
      },
    });
    const slot: Slot = { pool, socket: null, carried: 0, since: null };
    this.slots[index] = slot;
    return slot;
  }

  private async exchange(
    slot: Slot,
    request: EncodedRequest,
    isLast: boolean,
    answered: Answered,
  ): Promise<void> {
    const { method, path, headers, body } = request.spec;
    let failure: string | null;
    try {
      // Said of every request: without it undici closes after a HEAD.
      const response = await slot.pool.request({ method, path, headers, body, reset: isLast });
      const content = await response.body.arrayBuffer();
      failure = this.check(request, response.statusCode, content);
    } catch (error) {
      // Its connection went with it.
      slot.carried = 0;
      failure = error instanceof Error && error.message !== '' ? error.message : String(error);
    }
    slot.since = null;
    answered(failure);
  }

  private check(
    { spec, index }: EncodedRequest,
    status: number,
    content: ArrayBuffer,
  ): string | null {
    const text = needsText(spec.expect) ? Buffer.from(content).toString('utf8') : null;
    const failure = mismatch(spec, status, content.byteLength, text);
    // A failed answer is an error of its arm; the contract compares what both arms did answer.
    if (failure === null) {
      this.tally.answered(index, content.byteLength);
      // What it asked for: it does not tell what it was answered in, and nothing newer was offered.
      this.tally.sawResponse(status, 1, 1);
    }
    return failure;
  }
}
