import { describe, expect, it } from 'vitest';
import type { RequestSpec, Requests } from '../../../src/model/settings.ts';
import { ClosedLoad } from '../../../src/worker/closed-load.ts';
import type { LoadTask } from '../../../src/worker/protocol.ts';
import { type Replay, replayOf } from '../../../src/worker/replay.ts';
import { type EncodedRequest, encodeRequest } from '../../../src/worker/request-bytes.ts';
import { Tally } from '../../../src/worker/tally.ts';
import type { Transport } from '../../../src/worker/transport.ts';

const spec = (path: string): RequestSpec => ({
  ...{ method: 'GET', path, headers: {}, body: null },
  expect: { status: 200, body: { kind: 'any' } },
});
const weighted = (path: string, weight: number) => ({ ...spec(path), weight });

const replay = (scenario: Requests, model: LoadTask['model'] = 'closed'): Replay => {
  const origin = { host: '127.0.0.1', port: 1, perConnection: null };
  const [first, ...others] = scenario.requests;
  const encoded = others.map((one, i) => encodeRequest(one, origin, i + 1));
  return replayOf(scenario, [encodeRequest(first, origin, 0), ...encoded], model);
};
const paths = (from: Replay, slots: readonly number[]): string =>
  slots.map((slot) => from.next(slot).spec.path.slice(1)).join(' ');

const sequence: Requests = { order: 'sequence', requests: [spec('/a'), spec('/b'), spec('/c')] };
const mix: Requests = { order: 'weighted', requests: [weighted('/a', 2), weighted('/b', 1)] };

describe('what is sent next', () => {
  it('of a sequence depends on the user alone, and users begin spread over it', () => {
    const users = replay(sequence);
    expect(paths(users, [0, 0, 1, 0, 0, 1])).toBe('a b b c a c');
    expect(paths(users, [3, 4, 5])).toBe('a b c');
  });

  it('of a sequence in open load is the next for all', () => {
    expect(paths(replay(sequence, 'open'), [0, 7, 7, 0])).toBe('a b c a');
  });

  it('of a mix is the next for all', () => {
    expect(paths(replay(mix), [0, 1, 2, 0, 1, 2])).toBe('a b a a b a');
  });
});

/** Sends nothing: who is answered next is for the test to say. */
class Held implements Transport {
  readonly waiting: { readonly slot: number; readonly answer: () => void }[] = [];
  readonly sent: string[] = [];
  send(slot: number, request: EncodedRequest, answered: (failure: string | null) => void): void {
    this.sent.push(request.spec.path);
    this.waiting.push({ slot, answer: () => answered(null) });
  }
  whenSettled(then: () => void): void {
    then();
  }
  close(): void {}
  /** The first that waits on this slot, else on any. */
  answerOne(slot: number): boolean {
    const wanted = this.waiting.findIndex((one) => one.slot === slot);
    const [next] = this.waiting.splice(Math.max(0, wanted), 1);
    next?.answer();
    return next !== undefined;
  }
}

/** A slice in which one slot is answered before all others, as long as it sends. */
function slice(scenario: Requests, requests: number, fast: number, load = replay(scenario)) {
  const held = new Held();
  let isDone = false;
  new ClosedLoad(load, 4, held, new Tally(scenario.requests.length)).slice(
    requests,
    () => {},
    () => {
      isDone = true;
    },
  );
  while (held.answerOne(fast));
  const of = (path: string): number => held.sent.filter((one) => one === path).length;
  return { isDone, counts: scenario.requests.map(({ path }) => of(path)) };
}

describe('a slice of closed load', () => {
  it.each([0, 1, 2, 3])('holds whole sequences, though slot %d sends most', (fast) => {
    expect(slice(sequence, 24, fast)).toEqual({ isDone: true, counts: [8, 8, 8] });
  });

  it('refuses to break a sequence off', () => {
    expect(() => slice(sequence, 25, 0)).toThrow('no whole number of sequences');
  });

  it.each([0, 3])(
    'holds the mix, and the next one goes on where it ended, though slot %d sends most',
    (fast) => {
      const load = replay(mix);
      expect(slice(mix, 8, fast, load).counts).toEqual([5, 3]);
      expect(slice(mix, 8, fast, load).counts).toEqual([6, 2]);
      expect(slice(mix, 8, fast, load).counts).toEqual([5, 3]);
    },
  );
});
