import type { Counts } from '../model/counts.ts';

/** What both ends counted for one arm in one launch. */
export interface Evidence {
  readonly workers: number;
  /** workers × connections per worker: how many connections may be open at once. */
  readonly slots: number;
  /** Before the first measured slice: contexts, first connections, warm-up. `target` is null where the target does not count. */
  readonly opened: { readonly client: Counts; readonly target: Counts | null };
  /** In the measured slices. */
  readonly measured: { readonly client: Counts; readonly target: Counts | null };
}
