import type { Counts } from '../model/counts.ts';

/** What both ends counted for one arm in one launch. */
export type Evidence = SliceEvidence | WholeEvidence;

/** Whoever counted at the other end of the wire. */
export interface Witness {
  readonly connections: number;
  readonly handshakesFull: number;
  readonly handshakesResumed: number;
  /** Answered; null where they could not be read. */
  readonly requests: number | null;
}

interface Common {
  readonly witness: 'target' | 'relay';
  readonly workers: number;
  /** workers × connections per worker: how many connections may be open at once. */
  readonly slots: number;
}

/** Of clients that count by slice and rest with nothing in flight: exact. */
export interface SliceEvidence extends Common {
  readonly kind: 'slices';
  /** Before the first measured slice: contexts, first connections, warm-up. */
  readonly opened: EndCounts;
  /** In the measured slices. */
  readonly measured: EndCounts;
}

interface EndCounts {
  readonly client: Counts;
  /** By the witness; null where nobody counted. */
  readonly target: Witness | null;
  /** At the arm's resolver; null where it has none. */
  readonly queries: number | null;
}

/** Of programs that say at their end what they did: over their whole life, and up to what was in flight. */
export interface WholeEvidence extends Common {
  readonly kind: 'whole';
  readonly client: Counts;
  /** By the witness, over its whole life; null where nobody counted. */
  readonly target: Witness | null;
  /** The same, in the measured slices. */
  readonly measured: Witness | null;
  /** How often the program was started: each time it connects anew, and is ended with requests in flight. */
  readonly starts: number;
  /** Whether it was started for each slice, and so connects within them. */
  readonly startedBySlice: boolean;
  /** Connections that its rests may have cost it in the measured slices. */
  readonly lostByRests: number;
}
