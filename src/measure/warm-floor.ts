import { perConnectionOf, type Settings } from '../model/settings.ts';

/**
 * V8 optimises what ran thousands of times, in steps that a short window takes for rest: of a fresh process a request takes
 * ten times as much CPU as later, and a connection without TLS five times as much (bench/self/warm-up.js).
 */
const times = 8_000;
/** This much time of an arm's own is enough instead: where requests are slow, what is dear is native code. */
export const enoughMs = 300;
/**
 * Where connections are opened: their code is more, and runs less often, so that after 300 ms a connection still takes twice as much as
 * after 1,500; and what closed connections and their contexts leave behind is collected by then, as it will be all along.
 */
const openingMs = 1_500;

/** What an arm has done since it was started. */
export interface Exercised {
  readonly requests: number;
  /** In its own slices. */
  readonly ms: number;
}

/** Whether an arm has done enough for a lack of trend to be believed. */
export function isExercised({ connection }: Settings, { requests, ms }: Exercised): boolean {
  const perConnection = perConnectionOf(connection.reuse);
  return (
    requests >= times * (perConnection ?? 1) ||
    ms >= (perConnection === null ? enoughMs : openingMs)
  );
}
