import http from 'node:http';
import type { RequestSpec } from '../model/settings.ts';
import { mismatch, needsText } from './check.ts';
import type { Connector } from './connector.ts';
import type { WorkerTask } from './protocol.ts';
import type { Tally } from './tally.ts';

/** Called once per request, with what went wrong or null. */
export type Answered = (failure: string | null) => void;

/**
 * Node's own HTTP client on sockets that we open. Each slot has an agent of its own:
 * keep-alive with one socket at the most, so that a slot can neither open a second connection nor
 * borrow another's; close with no limit at all, because a finite `maxSockets` makes Node hand sockets
 * on in spite of `keepAlive: false` (nodejs/node#32800).
 */
export class HttpTransport {
  private readonly agents: readonly http.Agent[];
  private readonly inFlight = new Map<http.ClientRequest, number>();
  private readonly overdueTimer: NodeJS.Timeout;
  private readonly task: WorkerTask;
  private readonly connector: Connector;
  private readonly tally: Tally;

  constructor(task: WorkerTask, connector: Connector, tally: Tally) {
    this.task = task;
    this.connector = connector;
    this.tally = tally;
    this.agents = Array.from({ length: task.connections }, (_, slot) =>
      agentOf(slot, task, connector),
    );
    // One timer for all, not one per request: time-outs must not cost the measured path anything.
    this.overdueTimer = setInterval(
      () => this.dropOverdue(),
      Math.max(50, task.requestTimeoutMs / 10),
    );
    this.overdueTimer.unref();
  }

  send(slot: number, spec: RequestSpec, answered: Answered): void {
    const { host, port } = this.task;
    const request = http.request({
      host,
      port,
      method: spec.method,
      path: spec.path,
      headers: spec.headers,
      agent: this.agents[slot],
    });
    this.inFlight.set(request, performance.now());
    let open = true;
    const settle = (failure: string | null): void => {
      if (!open) return;
      open = false;
      this.inFlight.delete(request);
      answered(failure);
    };
    request.on('error', (error) => settle(error.message));
    request.on('response', (response) => {
      let bytes = 0;
      const chunks: Buffer[] | null = needsText(spec.expect) ? [] : null;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks?.push(chunk);
      });
      response.on('error', () => settle('connection closed in the middle of a response'));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        const text = chunks === null ? null : Buffer.concat(chunks).toString('utf8');
        const failure = mismatch(spec.expect, status, bytes, text);
        // A failed answer is an error of its arm; the contract compares what both arms did answer.
        if (failure === null) {
          this.tally.bytesIn += bytes;
          this.tally.sawResponse(status, response.httpVersion);
        }
        settle(failure);
      });
    });
    if (spec.body !== null) this.tally.bytesOut += Buffer.byteLength(spec.body);
    request.end(spec.body ?? undefined);
  }

  /** Calls back when nothing of the slice is left on the wire. */
  whenSettled(then: () => void): void {
    if (this.task.reuse === 'close') this.connector.whenAllClosed(then);
    else then();
  }

  close(): void {
    clearInterval(this.overdueTimer);
    this.connector.destroyAll();
  }

  private dropOverdue(): void {
    const limit = performance.now() - this.task.requestTimeoutMs;
    for (const [request, sentAt] of this.inFlight) {
      if (sentAt < limit) {
        request.destroy(new Error(`no answer within ${this.task.requestTimeoutMs} ms`));
      }
    }
  }
}

function agentOf(slot: number, task: WorkerTask, connector: Connector): http.Agent {
  const agent = new http.Agent(
    task.reuse === 'keep-alive' ? { keepAlive: true, maxSockets: 1 } : { keepAlive: false },
  );
  return Object.assign(agent, { createConnection: () => connector.connect(slot) });
}
