import type { Requests } from '../model/settings.ts';
import { mixOf } from './mix.ts';
import type { LoadTask } from './protocol.ts';
import type { EncodedRequest } from './request-bytes.ts';

/** Which request each slot sends next. It goes on from slice to slice, so that arms that were sent as many were sent the same. */
export interface Replay {
  /** As many requests as a slot sends before it may stop: the sequence, from wherever it began. */
  readonly together: number;
  next(slot: number): EncodedRequest;
}

/** @param encoded the requests of the scenario, in its order. */
export function replayOf(
  scenario: Requests,
  encoded: readonly [EncodedRequest, ...EncodedRequest[]],
  model: LoadTask['model'],
): Replay {
  if (scenario.order === 'weighted') {
    const mix = mixOf(scenario.requests.map(({ weight }) => weight));
    return inTurn(mix.map((request) => encoded[request] ?? encoded[0]));
  }
  return model === 'open' ? inTurn(encoded) : byUser(encoded);
}

/** All slots together go round. */
function inTurn(round: readonly EncodedRequest[]): Replay {
  let turn = 0;
  return {
    together: 1,
    next: () => {
      const request = round[turn];
      if (request === undefined) throw new Error('a scenario without requests');
      turn = (turn + 1) % round.length;
      return request;
    },
  };
}

/** Each slot is a user who goes through the sequence alone. They begin spread over it, or all would ask for the same at once. */
function byUser(sequence: readonly [EncodedRequest, ...EncodedRequest[]]): Replay {
  const { length } = sequence;
  const places: number[] = [];
  return {
    together: length,
    next: (user) => {
      const place = places[user] ?? user % length;
      places[user] = (place + 1) % length;
      return sequence[place] ?? sequence[0];
    },
  };
}
