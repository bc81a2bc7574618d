/** What the parent and an arm's resolver say to each other over IPC. */
import type { Resolved } from '../../model/counts.ts';

export interface ResolverTask {
  /** The address at which it listens. */
  readonly listen: string;
  /** What it answers. */
  readonly address: string;
  /** The only name that it knows. */
  readonly name: string;
  /** Before each answer. */
  readonly delayMs: number;
}

export type ToResolver =
  | { readonly kind: 'answer'; readonly task: ResolverTask }
  | { readonly kind: 'read' };

export type FromResolver =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answering'; readonly port: number }
  /** Since the process began. */
  | ({ readonly kind: 'reading' } & Resolved)
  | { readonly kind: 'failed'; readonly message: string };
