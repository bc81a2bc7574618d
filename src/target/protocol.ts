/** What the parent and the built-in target say to each other over IPC. */
import type { Counts, Observed } from '../model/counts.ts';
import type { ConnectionSettings } from '../model/settings.ts';

export type TargetTask = Serving & {
  readonly host: string;
  readonly bodyBytes: number;
  readonly delayMs: number;
};

/** What a target has to speak; the certificate as PEM. */
export type Serving =
  | { readonly tls: 'none'; readonly certificate: null }
  | {
      readonly tls: Exclude<ConnectionSettings['tls'], 'none'>;
      readonly certificate: { readonly key: string; readonly cert: string };
    };

export type ToTarget =
  | { readonly kind: 'serve'; readonly task: TargetTask }
  | { readonly kind: 'read' }
  | { readonly kind: 'finish' };

export type FromTarget =
  | { readonly kind: 'ready' }
  | { readonly kind: 'serving'; readonly port: number }
  | BuiltinReading
  | {
      readonly kind: 'finish-done';
      readonly rssBytes: number;
      readonly observed: Observed;
      readonly counts: Counts;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** Since the process began. */
interface BuiltinReading {
  readonly kind: 'reading';
  readonly cpuUs: number;
  readonly counts: Counts;
  /** Requests that are not answered yet. */
  readonly pending: number;
}
