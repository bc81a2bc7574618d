import type { Counts } from '../model/counts.ts';

/** What both ends counted for one arm in one launch. */
export interface Evidence {
  readonly workers: number;
  /** workers × connections per worker: how many connections may be open at once. */
  readonly slots: number;
  /** Before the first measured slice: contexts, first connections, warm-up. */
  readonly opened: { readonly client: Counts; readonly target: Counts };
  /** In the measured slices. `target` is null where the target does not count. */
  readonly measured: { readonly client: Counts; readonly target: Counts | null };
}
