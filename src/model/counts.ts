import type { Micros } from './units.ts';

/** What one end of the wire counted. The same type for a client worker and for a target, in every engine. */
export interface Counts {
  /** Requests answered as the scenario expects (client) or answered at all (target). */
  readonly requests: number;
  readonly errors: number;
  /** TCP connections opened (client) or accepted (target). */
  readonly connections: number;
  readonly handshakesFull: number;
  readonly handshakesResumed: number;
  /** TLS contexts built; only the client knows. */
  readonly contexts: number;
  /** Names looked up. */
  readonly lookups: number;
  /** Queries that were sent again, because the runtime had given up waiting for the answer. */
  readonly lookupsAgain: number;
  /** Body bytes received in expected answers, and sent; without headers: both ends can know these exactly. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** What an arm's resolver did. */
export interface Resolved {
  /** Of any name and type. */
  readonly queries: number;
  readonly cpuUs: Micros;
}

/**
 * What a relay between client and target read of what it forwarded. Requests and their bodies it cannot read where a connection
 * was encrypted, or carried no HTTP/1.1: null then.
 */
export interface Relayed {
  readonly connections: number;
  readonly handshakesFull: number;
  readonly handshakesResumed: number;
  /** Those that were answered. */
  readonly requests: number | null;
  /** Of the bodies of the answers. */
  readonly bytesOut: number | null;
  /** All that went over the wire, to the target and from it. */
  readonly wireIn: number;
  readonly wireOut: number;
}

export const subtractRelayed = (a: Relayed, b: Relayed): Relayed => ({
  connections: a.connections - b.connections,
  handshakesFull: a.handshakesFull - b.handshakesFull,
  handshakesResumed: a.handshakesResumed - b.handshakesResumed,
  requests: a.requests === null || b.requests === null ? null : a.requests - b.requests,
  bytesOut: a.bytesOut === null || b.bytesOut === null ? null : a.bytesOut - b.bytesOut,
  wireIn: a.wireIn - b.wireIn,
  wireOut: a.wireOut - b.wireOut,
});

/** What a program that does not count by slice says at its end. */
export interface WholeCounts {
  /** Since it began, all its runs. */
  readonly program: Counts;
  /** Of its copies that ran for a moment beside it. */
  readonly probes: Counts;
  /** How often it was started, copies included. */
  readonly starts: number;
}

export const noCounts: Counts = {
  requests: 0,
  errors: 0,
  connections: 0,
  handshakesFull: 0,
  handshakesResumed: 0,
  contexts: 0,
  lookups: 0,
  lookupsAgain: 0,
  bytesIn: 0,
  bytesOut: 0,
};

const combine = (a: Counts, b: Counts, sign: 1 | -1): Counts => ({
  requests: a.requests + sign * b.requests,
  errors: a.errors + sign * b.errors,
  connections: a.connections + sign * b.connections,
  handshakesFull: a.handshakesFull + sign * b.handshakesFull,
  handshakesResumed: a.handshakesResumed + sign * b.handshakesResumed,
  contexts: a.contexts + sign * b.contexts,
  lookups: a.lookups + sign * b.lookups,
  lookupsAgain: a.lookupsAgain + sign * b.lookupsAgain,
  bytesIn: a.bytesIn + sign * b.bytesIn,
  bytesOut: a.bytesOut + sign * b.bytesOut,
});

export const addCounts = (a: Counts, b: Counts): Counts => combine(a, b, 1);
export const subtractCounts = (a: Counts, b: Counts): Counts => combine(a, b, -1);
export const sumCounts = (all: readonly Counts[]): Counts => all.reduce(addCounts, noCounts);

/** Of one request of the scenario, by the client, since it began; in the order of the scenario. */
export interface Replayed {
  readonly sent: number;
  /** As the scenario expects. */
  readonly answered: number;
  /** Of their bodies. */
  readonly bytes: number;
}

/** What a load generator said of the CPU of a worker, and what the kernel counted over the same time. Both in shares of one core. */
export interface ClaimedCpu {
  readonly claimed: number;
  readonly counted: number;
}

/**
 * What was negotiated on the wire, as distinct values with no order. Both arms of a cell must show the
 * same: a cheaper cipher would pass for a faster version.
 */
export interface Observed {
  readonly tlsVersions: readonly string[];
  readonly ciphers: readonly string[];
  readonly keyExchanges: readonly string[];
  readonly httpVersions: readonly string[];
  readonly statuses: readonly number[];
}
