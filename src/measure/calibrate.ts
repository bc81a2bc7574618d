import type { ByRole } from '../model/plan.ts';

/** Speed wanders within seconds: slices are short enough to outrun it, and hold at most this many requests. */
const wantedMs = 16;
const mostRequests = 1_000;

export interface SlicePlan {
  /** The same for both arms; a multiple of the slots, at least two per slot. */
  readonly requests: number;
  readonly blocks: number;
}

/**
 * How much work a slice holds and how many blocks fit, decided before the first measured slice, so
 * that no result can influence it.
 */
export function calibrate(options: {
  readonly slots: number;
  /** As each whole arm delivers them. */
  readonly msPerRequest: ByRole<number>;
  readonly sliceTimeMs: number;
}): SlicePlan {
  const { slots, msPerRequest, sliceTimeMs } = options;
  const { baseline, candidate } = msPerRequest;
  const roomFor = Math.floor(wantedMs / Math.max(baseline, candidate) / slots);
  const perSlot = Math.max(2, Math.min(Math.floor(mostRequests / slots), roomFor));
  const requests = perSlot * slots;
  const blockMs = 2 * requests * (baseline + candidate);
  return { requests, blocks: Math.max(2, Math.floor(sliceTimeMs / blockMs)) };
}
