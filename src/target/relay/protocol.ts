/** What the parent and an arm's relay say to each other over IPC. */
import type { Observed, Relayed } from '../../model/counts.ts';

export interface RelayTask {
  /** Where it listens. */
  readonly address: string;
  /** The target, which serves already. */
  readonly to: { readonly host: string; readonly port: number };
}

export type ToRelay =
  | { readonly kind: 'relay'; readonly task: RelayTask }
  | { readonly kind: 'read' };

export type FromRelay =
  | { readonly kind: 'ready' }
  | { readonly kind: 'relaying'; readonly port: number }
  | ({ readonly kind: 'reading' } & RelayReading)
  | { readonly kind: 'failed'; readonly message: string };

/** Since it began. */
export interface RelayReading {
  readonly counts: Relayed;
  readonly observed: Observed;
}
