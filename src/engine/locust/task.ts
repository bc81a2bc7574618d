/** What a Locust process is told, and what it says beside `worker/protocol.ts`. The other end: python/bench_agent/main.py. */
export type LocustTask = LocustWorkerTask | LocustMasterTask;

interface AnyLocustTask {
  /** Of the `locust` command. */
  readonly arguments: readonly string[];
  readonly file: string;
}

interface LocustMasterTask extends AnyLocustTask {
  readonly kind: 'master';
  /** All workers together. */
  readonly users: number;
}

export interface LocustWorkerTask extends AnyLocustTask {
  readonly kind: 'worker';
  /** Its own least: with a master, as many as that one gives it. */
  readonly users: number;
  /** Of the target. */
  readonly host: string;
  readonly port: number;
  readonly load:
    | {
        readonly model: 'closed' /** Tasks that a user does in a row. */;
        readonly together: number;
        /** Users work for a time, and not a number of requests. */
        readonly inWindows: boolean;
      }
    | { readonly model: 'constant-throughput'; readonly periodMs: number };
  /** In the order of the scenario; empty where the user brought the file. */
  readonly requests: readonly { readonly name: string; readonly bodyBytes: number }[];
  readonly isOwnFile: boolean;
}

/** What a master says. */
export type FromMaster =
  | { readonly kind: 'ready' }
  /** Workers may come. */
  | { readonly kind: 'listening'; readonly version: string }
  /** All users are with their workers. */
  | { readonly kind: 'spawned' }
  | { readonly kind: 'failed' | 'refused'; readonly message: string };
