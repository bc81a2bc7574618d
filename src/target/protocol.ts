/** What the parent and the built-in target say to each other over IPC. */
import type { Counts, Observed } from '../model/counts.ts';
import type { ConnectionSettings } from '../model/settings.ts';

export interface TargetTask {
  readonly host: string;
  readonly tls: ConnectionSettings['tls'];
  readonly bodyBytes: number;
  readonly delayMs: number;
  /** PEM; null without TLS. */
  readonly certificate: { readonly key: string; readonly cert: string } | null;
}

export type ToTarget =
  | { readonly kind: 'serve'; readonly task: TargetTask }
  | { readonly kind: 'read' }
  | { readonly kind: 'finish' };

export type FromTarget =
  | { readonly kind: 'ready' }
  | { readonly kind: 'serving'; readonly port: number }
  | TargetReading
  | {
      readonly kind: 'finish-done';
      readonly rssBytes: number;
      readonly observed: Observed;
      readonly counts: Counts;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** Since the process began. */
export interface TargetReading {
  readonly kind: 'reading';
  readonly cpuUs: number;
  readonly counts: Counts;
}
