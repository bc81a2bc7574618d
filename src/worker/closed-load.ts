import type { EncodedRequest } from './request-bytes.ts';
import type { Tally } from './tally.ts';
import type { Transport } from './transport.ts';

/**
 * Closed load: every slot sends its next request when its last one is answered, until the slice's
 * requests are used up. Latency is from sending to the last byte of the body.
 */
export class ClosedLoad {
  private readonly nextRequest: () => EncodedRequest;
  private readonly slots: number;
  private readonly transport: Transport;
  private readonly tally: Tally;

  constructor(
    nextRequest: () => EncodedRequest,
    slots: number,
    transport: Transport,
    tally: Tally,
  ) {
    this.nextRequest = nextRequest;
    this.slots = slots;
    this.transport = transport;
    this.tally = tally;
  }

  /** @param record is given the latency of each request that was answered as expected, in µs. */
  slice(requests: number, record: (latencyUs: number) => void, done: () => void): void {
    let unsent = requests;
    let unanswered = requests;
    const sendNext = (slot: number): void => {
      if (unsent === 0) return;
      unsent -= 1;
      const sentAt = performance.now();
      this.transport.send(slot, this.nextRequest(), (failure) => {
        if (failure === null) {
          this.tally.requests += 1;
          record((performance.now() - sentAt) * 1000);
        } else this.tally.fail(failure);
        unanswered -= 1;
        if (unanswered === 0) this.transport.whenSettled(done);
        else sendNext(slot);
      });
    };
    for (let slot = 0; slot < this.slots; slot += 1) sendNext(slot);
  }
}
