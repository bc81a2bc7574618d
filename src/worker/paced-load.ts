import type { Arrivals } from './arrivals.ts';
import type { Replay } from './replay.ts';
import type { Tally } from './tally.ts';
import type { Transport } from './transport.ts';

/** Requests that are sent when they are due, for a window: load is offered from its start, and counted once it has settled. */
export interface Window {
  /** Before the window opens. */
  readonly rampMs: number;
  /** For how long it is open. */
  readonly ms: number;
}

interface WindowEvents {
  /** Given the latency in µs of each request that was due while the window was open and answered as expected, however late. */
  readonly record: (latencyUs: number) => void;
  readonly opened: () => void;
  /** Load ends here; what is in flight is still waited for. */
  readonly closed: (answered: number) => void;
  /** Nothing is left on the wire. */
  readonly settled: () => void;
}

export class PacedLoad {
  private readonly replay: Replay;
  private readonly arrivals: Arrivals;
  private readonly transport: Transport;
  private readonly tally: Tally;

  constructor(replay: Replay, arrivals: Arrivals, transport: Transport, tally: Tally) {
    this.replay = replay;
    this.arrivals = arrivals;
    this.transport = transport;
    this.tally = tally;
  }

  window({ rampMs, ms }: Window, events: WindowEvents): void {
    const { arrivals, transport, tally } = this;
    let openedAt = Number.POSITIVE_INFINITY;
    let closedAt = Number.POSITIVE_INFINITY;
    let answered = 0;
    let inFlight = 0;
    let timer: NodeJS.Timeout | null = null;

    const settle = (failure: string | null, slot: number, since: number): void => {
      inFlight -= 1;
      arrivals.answered(slot);
      const now = performance.now();
      if (failure === null) {
        tally.requests += 1;
        if (since >= openedAt && since < closedAt) events.record((now - since) * 1000);
      } else tally.fail(failure);
      if (closedAt <= now) {
        if (inFlight === 0) transport.whenSettled(events.settled);
        return;
      }
      if (failure === null && openedAt <= now) answered += 1;
      sendDue();
    };
    const sendDue = (): void => {
      const now = performance.now();
      for (let due = arrivals.next(now); due !== null; due = arrivals.next(now)) {
        const { slot, since } = due;
        inFlight += 1;
        transport.send(slot, this.replay.next(slot), (failure) => settle(failure, slot, since));
      }
      const waitMs = arrivals.dueAt() - now;
      if (timer !== null) clearTimeout(timer);
      timer = Number.isFinite(waitMs) ? setTimeout(sendDue, waitMs) : null;
    };

    arrivals.begin(performance.now());
    setTimeout(() => {
      openedAt = performance.now();
      events.opened();
      setTimeout(() => {
        closedAt = performance.now();
        if (timer !== null) clearTimeout(timer);
        events.closed(answered);
        if (inFlight === 0) transport.whenSettled(events.settled);
      }, ms);
    }, rampMs);
    sendDue();
  }
}
