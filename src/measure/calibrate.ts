/** Where requests are fast, a slice of about this many is 8–50 ms: fine enough to outrun drift. */
const wantedRequests = 300;
/** No slice of the slower arm is longer, or the other arm rests too long. */
const longestSliceMs = 1_000;

export interface SlicePlan {
  /** The same for both arms; a multiple of the slots, at least two per slot. */
  readonly requests: number;
  readonly blocks: number;
}

/**
 * How much work a slice holds and how many blocks fit, decided before the first measured slice, so
 * that no result can influence it.
 * @param msPerRequest of the slower arm, as the whole arm delivers them
 */
export function calibrate(options: {
  readonly slots: number;
  readonly msPerRequest: number;
  readonly sliceTimeMs: number;
}): SlicePlan {
  const { slots, msPerRequest, sliceTimeMs } = options;
  const roomFor = Math.floor(longestSliceMs / msPerRequest / slots);
  const perSlot = Math.max(2, Math.min(Math.ceil(wantedRequests / slots), roomFor));
  const requests = perSlot * slots;
  const blockMs = 4 * requests * msPerRequest;
  return { requests, blocks: Math.max(2, Math.floor(sliceTimeMs / blockMs)) };
}
