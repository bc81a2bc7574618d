import type { Port } from './port.ts';
import type { Routes } from './routes.ts';

/** A server that a command of the project starts. */
export interface Server {
  readonly start: string;
  /** Where the command is from, for people. */
  readonly from: string;
  /** What makes a fresh copy of the files ready; null where nothing is needed. */
  readonly setup: { readonly command: string; readonly from: string } | null;
  readonly env: Readonly<Record<string, string>>;
  readonly port: Port;
  readonly routes: Routes;
  /** It restarts when files change, and is slower than what runs in production. */
  readonly isForDevelopment: boolean;
}
