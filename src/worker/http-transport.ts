import { type Answered, Channel } from './channel.ts';
import type { Connector } from './connector.ts';
import type { WorkerTask } from './protocol.ts';
import type { EncodedRequest } from './request-bytes.ts';
import type { Tally } from './tally.ts';

/**
 * HTTP/1.1 on sockets that we open. Each slot has at most one channel, so that it can neither open a
 * second connection nor borrow another's. There is no agent: with a finite `maxSockets` Node's hands
 * sockets on in spite of `keepAlive: false` (nodejs/node#32800), and its client costs three times what
 * this does and takes twice as many requests to get warm (docs/decisions/003).
 */
export class HttpTransport {
  /** By slot; those of open load come as they are needed. */
  private readonly channels: (Channel | null)[] = [];
  private readonly overdueTimer: NodeJS.Timeout;
  private readonly task: WorkerTask;
  private readonly connector: Connector;
  private readonly tally: Tally;

  constructor(task: WorkerTask, connector: Connector, tally: Tally) {
    this.task = task;
    this.connector = connector;
    this.tally = tally;
    // One timer for all, not one per request: time-outs must not cost the measured path anything.
    this.overdueTimer = setInterval(
      () => this.dropOverdue(),
      Math.max(50, task.requestTimeoutMs / 10),
    );
    this.overdueTimer.unref();
  }

  send(slot: number, request: EncodedRequest, answered: Answered): void {
    const channel = this.usableChannel(slot);
    const { perConnection } = this.task;
    if (perConnection === null || channel.sent + 1 < perConnection) channel.send(request, answered);
    else {
      channel.send(request, (failure) => {
        channel.retire();
        answered(failure);
      });
    }
  }

  /** Calls back when nothing of the slice is left on the wire. */
  whenSettled(then: () => void): void {
    if (this.task.perConnection === null) then();
    else {
      const kept = this.channels.filter((channel) => channel?.usable === true).length;
      this.connector.whenClosed(kept, then);
    }
  }

  close(): void {
    clearInterval(this.overdueTimer);
    this.connector.destroyAll();
  }

  private usableChannel(slot: number): Channel {
    const kept = this.channels[slot] ?? null;
    if (kept?.usable === true) return kept;
    const fresh = new Channel(this.connector.connect(slot), this.tally);
    this.channels[slot] = fresh;
    return fresh;
  }

  private dropOverdue(): void {
    const limit = performance.now() - this.task.requestTimeoutMs;
    for (const channel of this.channels) {
      const since = channel?.waitingSince() ?? null;
      if (since !== null && since < limit) {
        channel?.abort(`no answer within ${this.task.requestTimeoutMs} ms`);
      }
    }
  }
}
