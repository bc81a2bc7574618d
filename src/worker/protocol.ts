/**
 * What the parent and a load process say to each other, one JSON message each over Node's IPC. The
 * only file that both ends import. JSON, because advanced serialisation fails between Node 16 and 20.
 */
import type { ClaimedCpu, Counts, Observed, Replayed } from '../model/counts.ts';
import type { ConnectionSettings, Requests } from '../model/settings.ts';

/** All that a worker needs to know; nothing in it is optional. */
export interface WorkerTask {
  /** An address, or a name to look up, as `dns` says. */
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must carry. */
  readonly servername: string;
  /** Whether it is looked at. */
  readonly verify: boolean;
  readonly scenario: Requests;
  readonly load: LoadTask;
  readonly transport: TransportTask;
  readonly tls: ConnectionSettings['tls'];
  /** Requests that a connection carries before it is closed; null for as many as it can. */
  readonly perConnection: number | null;
  readonly session: ConnectionSettings['session'];
  readonly context: ConnectionSettings['context'];
  readonly dns: LookupTask;
  /** PEM file with every certificate that the client trusts, the run's own CA among them. */
  readonly caFile: string;
  readonly requestTimeoutMs: number;
}

/** How `host` becomes an address. */
export type LookupTask =
  | { readonly kind: 'literal' }
  | {
      readonly kind: Exclude<ConnectionSettings['dns']['kind'], 'literal'>;
      /** The resolver to ask, `address:port`. */
      readonly server: string;
    };

/** What carries the requests. */
export type TransportTask =
  | { readonly kind: 'http' }
  | { readonly kind: 'undici' /** its file, to be required */; readonly module: string };

/** A worker's share of the load. */
export type LoadTask =
  /** Each connection has one request in flight. */
  | { readonly model: 'closed'; readonly connections: number }
  /** Each user has a connection of its own, and sends once a period at most. */
  | { readonly model: 'constant-throughput'; readonly users: number; readonly periodMs: number }
  | {
      readonly model: 'open';
      readonly gapMs: number;
      readonly arrivals: 'constant' | 'poisson';
      readonly seed: number;
    };

/** @typeParam Task what this kind of worker needs to know. */
export type ToWorker<Task = WorkerTask> =
  /** Several loads may be configured, for targets that take turns; one runs at a time. */
  | { readonly kind: 'configure'; readonly load: number; readonly task: Task }
  | {
      readonly kind: 'slice';
      readonly load: number;
      readonly requests: number;
      /** Latencies are kept, and handshakes are no longer looked into. */
      readonly measured: boolean;
    }
  | {
      /** Of paced load: answered by `window-open`, `window-closed` and `slice-done`. */
      readonly kind: 'window';
      readonly load: number;
      readonly rampMs: number;
      readonly ms: number;
      readonly measured: boolean;
    }
  | { readonly kind: 'finish'; readonly load: number };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'configured'; readonly counts: Counts }
  | SliceDone
  | { readonly kind: 'window-open' }
  | WindowClosed
  | FinishDone
  | { readonly kind: 'failed'; readonly message: string }
  /** It cannot do what it was told, and never will. */
  | { readonly kind: 'refused'; readonly message: string };

interface SliceDone {
  readonly kind: 'slice-done';
  /** From the first request sent to the last socket settled. */
  readonly wallUs: number;
  readonly cpuUs: number;
  /** Of this load, since it was configured; the parent takes differences. */
  readonly counts: Counts;
}

interface WindowClosed {
  readonly kind: 'window-closed';
  /** While it was open; errors are in the counts, because a request that times out may do so later. */
  readonly wallUs: number;
  readonly cpuUs: number;
  readonly requests: number;
}

interface FinishDone {
  readonly kind: 'finish-done';
  /** Null where it could not be read. */
  readonly rssBytes: number | null;
  readonly latency: Latencies;
  readonly observed: Observed;
  /** Null where the requests are not the scenario's. */
  readonly replayed: readonly Replayed[] | null;
  readonly firstError: string | null;
  /** Empty where nobody else measures it. */
  readonly claimedCpu: readonly ClaimedCpu[];
}

/** Whole µs, to three significant figures at least, with how often each was seen. */
export type Latencies = readonly (readonly [us: number, times: number])[];
