import { perConnectionOf, type Settings } from '../model/settings.ts';

/**
 * V8 optimises what ran thousands of times, in steps that a short window takes for rest: of a fresh process a request takes
 * ten times as much CPU as later, and a connection without TLS five times as much (bench/self/warm-up.js).
 */
const times = 8_000;
/** This much time of an arm's own is enough instead: where requests are slow, what is dear is native code. */
export const enoughMs = 300;
/** The code of a connection is more, and runs less often: after 300 ms it still takes twice as much as after 1,500. */
const openingMs = 1_500;
/** Where a connection takes longer, nearly all of it is native code: handshakes, and certificates that are loaded. */
const nativeMs = 5;

/** What an arm has done since it was started. */
export interface Exercised {
  readonly requests: number;
  /** In its own slices. */
  readonly ms: number;
  /** As the whole arm delivers them. */
  readonly msPerRequest: number;
}

/** Whether an arm has done enough for a lack of trend to be believed. */
export function isExercised(
  { connection, client }: Settings,
  { requests, ms, msPerRequest }: Exercised,
): boolean {
  const perConnection = perConnectionOf(connection.reuse);
  if (requests >= times * (perConnection ?? 1)) return true;
  const opens = perConnection !== null;
  const isNative = opens && msPerRequest * perConnection * client.workers > nativeMs;
  return ms >= (opens && !isNative ? openingMs : enoughMs);
}
