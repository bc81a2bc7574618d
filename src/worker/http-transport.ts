import { Channel } from './channel.ts';
import type { Connector } from './connector.ts';
import { watchOverdue } from './overdue.ts';
import type { WorkerTask } from './protocol.ts';
import type { EncodedRequest } from './request-bytes.ts';
import type { Sockets } from './sockets.ts';
import type { Tally } from './tally.ts';
import type { Answered, Transport } from './transport.ts';

/**
 * HTTP/1.1 on sockets that we open. Each slot has at most one channel, so that it can neither open a
 * second connection nor borrow another's. There is no agent: with a finite `maxSockets` Node's hands
 * sockets on in spite of `keepAlive: false` (nodejs/node#32800), and its client costs three times what
 * this does and takes twice as many requests to get warm (docs/decisions/003).
 */
export class HttpTransport implements Transport {
  /** By slot; those of open load come as they are needed. */
  private readonly channels: (Channel | null)[] = [];
  private readonly overdueTimer: NodeJS.Timeout;
  private readonly task: WorkerTask;
  private readonly connector: Connector;
  private readonly sockets: Sockets;
  private readonly tally: Tally;

  constructor(task: WorkerTask, connector: Connector, sockets: Sockets, tally: Tally) {
    this.task = task;
    this.connector = connector;
    this.sockets = sockets;
    this.tally = tally;
    this.overdueTimer = watchOverdue(task.requestTimeoutMs, (sentBefore, reason) => {
      for (const channel of this.channels) {
        const since = channel?.waitingSince() ?? null;
        if (since !== null && since < sentBefore) channel?.abort(reason);
      }
    });
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

  whenSettled(then: () => void): void {
    if (this.task.perConnection === null) then();
    else {
      const kept = this.channels.filter((channel) => channel?.usable === true).length;
      this.sockets.whenClosed(kept, then);
    }
  }

  close(): void {
    clearInterval(this.overdueTimer);
    this.sockets.destroyAll();
  }

  private usableChannel(slot: number): Channel {
    const kept = this.channels[slot] ?? null;
    if (kept?.usable === true) return kept;
    const fresh = new Channel(this.connector.connect(slot), this.tally);
    this.channels[slot] = fresh;
    return fresh;
  }
}
