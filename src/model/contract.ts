import type { Counts, Observed, Relayed, WholeCounts } from './counts.ts';
import type { SliceWork } from './journal.ts';
import type { ByRole } from './plan.ts';

/**
 * What was counted in the contract launch of a cell: before its first measured launch, with a relay between client and
 * target, because a target that is not ours does not count. None of it is in any figure. There is no such row of
 * a cell whose targets are built in, and in journals before schema 7.
 */
export interface ContractRow {
  readonly kind: 'contract';
  readonly cell: string;
  readonly work: SliceWork;
  readonly arms: ByRole<RelayedArm>;
}

export interface RelayedArm {
  /** While connections and sessions were opened that the rest may use. */
  readonly opened: RelayedCounts;
  readonly measured: RelayedCounts;
  /** From engines that do not count by slice, each worker. */
  readonly whole: readonly WholeCounts[];
  /** By the relay. */
  readonly observed: Observed;
}

export interface RelayedCounts {
  /** Null where the engine does not count by slice. */
  readonly client: Counts | null;
  readonly relay: Relayed;
  /** At the arm's resolver; null where addresses are literal. */
  readonly queries: number | null;
}
