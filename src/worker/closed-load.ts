import type { Replay } from './replay.ts';
import type { Tally } from './tally.ts';
import type { Transport } from './transport.ts';

/**
 * Closed load: every slot sends its next request when its last one is answered, until the slice's
 * requests are used up. A slot that begins a sequence ends it, so that a slice holds whole ones, whoever
 * is faster. Latency is from sending to the last byte of the body.
 */
export class ClosedLoad {
  private readonly replay: Replay;
  private readonly slots: number;
  private readonly transport: Transport;
  private readonly tally: Tally;

  constructor(replay: Replay, slots: number, transport: Transport, tally: Tally) {
    this.replay = replay;
    this.slots = slots;
    this.transport = transport;
    this.tally = tally;
  }

  /**
   * @param requests a multiple of those that a slot sends together.
   * @param record is given the latency of each request that was answered as expected, in µs.
   */
  slice(requests: number, record: (latencyUs: number) => void, done: () => void): void {
    const { together } = this.replay;
    if (requests % together !== 0)
      throw new Error(`${requests} requests are no whole number of sequences of ${together}`);
    let untaken = requests;
    let unanswered = requests;
    const begin = (slot: number): void => {
      if (untaken === 0) return;
      untaken -= together;
      send(slot, together);
    };
    /** @param left of the sequence that the slot is in, with the one that is sent here. */
    const send = (slot: number, left: number): void => {
      const sentAt = performance.now();
      this.transport.send(slot, this.replay.next(slot), (failure) => {
        if (failure === null) {
          this.tally.requests += 1;
          record((performance.now() - sentAt) * 1000);
        } else this.tally.fail(failure);
        unanswered -= 1;
        if (unanswered === 0) this.transport.whenSettled(done);
        else if (left > 1) send(slot, left - 1);
        else begin(slot);
      });
    };
    for (let slot = 0; slot < this.slots; slot += 1) begin(slot);
  }
}
