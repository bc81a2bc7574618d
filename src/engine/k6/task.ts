import type { ConnectionSettings, RequestSpec } from '../../model/settings.ts';

/** What the script of k6 is told, as JSON in its environment. */
export interface ScriptTask {
  /** `https://127.0.0.1:3000` */
  readonly origin: string;
  readonly connections: number;
  readonly tls: ConnectionSettings['tls'];
  /** Whether connections are kept. */
  readonly isKept: boolean;
  readonly timeoutMs: number;
  /** Each VU goes through them in this order. */
  readonly requests: readonly RequestSpec[];
}
