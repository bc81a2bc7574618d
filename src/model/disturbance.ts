import type { ByRole } from './plan.ts';

/** What others did to us: had our core while we were ready, had the whole machine, or stopped us by a quota. */
export const disturbances = ['waited', 'stolen', 'throttled'] as const;
export type Disturbance = (typeof disturbances)[number];

/** Blocks of the launches that counted. */
export interface DisturbanceReport {
  readonly blocks: number;
  /** Blocks in which others took more than a little. */
  readonly disturbed: number;
  /** Of the time on our cores, over all blocks; null where the system does not tell. */
  readonly shares: Readonly<Record<Disturbance, number | null>>;
  /** Blocks that no rate contains, by the signal that decided it. */
  readonly rejected: Readonly<Record<Disturbance, number>>;
  /** Their slices; the same number in both arms. */
  readonly rejectedSlices: ByRole<number>;
}
