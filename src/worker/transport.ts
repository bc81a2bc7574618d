import type { EncodedRequest } from './request-bytes.ts';

/** Called once per request, with what went wrong or null. */
export type Answered = (failure: string | null) => void;

/** What carries requests to the target; one at a time on each slot. */
export interface Transport {
  send(slot: number, request: EncodedRequest, answered: Answered): void;
  /** Calls back when nothing of the slice is left on the wire; to be called once all are answered. */
  whenSettled(then: () => void): void;
  close(): void;
}
