import type { ByRole } from '../model/plan.ts';
import { type Grain, stepOf } from './grain.ts';

/** Speed wanders within seconds: slices are short enough to outrun it, and hold at most this many requests. */
const wantedMs = 16;
const mostRequests = 1_000;

export interface SlicePlan {
  /** The same for both arms; at least two per connection. */
  readonly requests: number;
  readonly blocks: number;
}

/**
 * How much work a slice holds and how many blocks fit, decided before the first measured slice, so
 * that no result can influence it.
 */
export function calibrate(options: {
  readonly grain: Grain;
  /** As each whole arm delivers them. */
  readonly msPerRequest: ByRole<number>;
  readonly sliceTimeMs: number;
}): SlicePlan {
  const { grain, msPerRequest, sliceTimeMs } = options;
  const { baseline, candidate } = msPerRequest;
  const slower = Math.max(baseline, candidate);
  const step = stepOf(grain, slower);
  const roomFor = Math.min(mostRequests, wantedMs / slower);
  const steps = Math.max(1, Math.ceil(grain.least / step), Math.floor(roomFor / step));
  const requests = steps * step;
  const blockMs = 2 * requests * (baseline + candidate);
  return { requests, blocks: Math.max(2, Math.floor(sliceTimeMs / blockMs)) };
}
