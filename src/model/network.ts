/** What the kernel counts of TCP, by /proc/net/snmp and /proc/net/netstat. */
export const networkCounters = [
  /** Connections that somebody began to open (ActiveOpens). */
  'opened',
  /** That a listening socket took (PassiveOpens). */
  'accepted',
  /** That did not come about (AttemptFails). */
  'failedOpens',
  /** Segments (RetransSegs). */
  'retransmitted',
  /** Waits for an acknowledgement that were given up (TCPTimeouts). */
  'timeouts',
  /** Segments (OutRsts). */
  'resetsSent',
  /** Open connections that a reset ended, at either end (EstabResets). */
  'resetConnections',
  /** Connections that a listening socket had no room for in its queue (ListenOverflows). */
  'listenOverflows',
  /** Those, and what listening sockets turned away for other reasons (ListenDrops). */
  'listenDrops',
] as const;

/** What it has at a moment, by /proc/net/sockstat and nf_conntrack_count. */
export const networkLevels = [
  /** Sockets. */
  'timeWait',
  /** TCP sockets in any state but TIME_WAIT. */
  'sockets',
  /** Of memory that TCP buffers take. */
  'memoryPages',
  /** Connections in the table of the packet filter. */
  'tracked',
] as const;

type NetworkFigure = (typeof networkCounters)[number] | (typeof networkLevels)[number];

/**
 * Of a stretch of time: counts are what was counted in it, levels the most that was seen at its end or between its slices.
 * All are of the whole network namespace, other programs included. Null where this kernel does not tell.
 */
export type NetworkSpan = { readonly ms: number } & Readonly<Record<NetworkFigure, number | null>>;

/** One list per figure, as long as there are seconds. */
export type NetworkSeries = { readonly ms: readonly number[] } & Readonly<
  Record<NetworkFigure, readonly (number | null)[]>
>;

/** What the kernel allows. Null where it does not tell. */
export interface NetworkLimits {
  /** Ports in net.ipv4.ip_local_port_range. */
  readonly ports: number | null;
  /** Whether a new connection on loopback may take the port of one in TIME_WAIT (net.ipv4.tcp_tw_reuse). */
  readonly timeWaitReuse: boolean | null;
  /** The longest queue of a listening socket (net.core.somaxconn). */
  readonly backlog: number | null;
  /** Connections that the packet filter can track (nf_conntrack_max). */
  readonly tracked: number | null;
}

/** File descriptors of a process: how many were open before the first request, and the limit of `ulimit -n`. */
export interface Descriptors {
  readonly open: number;
  readonly limit: number;
}

/** One value for each figure: by the first for those that are counted, by the second for levels. */
export const eachFigure = <T>(
  counter: (name: (typeof networkCounters)[number]) => T,
  level: (name: (typeof networkLevels)[number]) => T,
): Record<NetworkFigure, T> =>
  Object.fromEntries([
    ...networkCounters.map((name) => [name, counter(name)]),
    ...networkLevels.map((name) => [name, level(name)]),
  ]) as Record<NetworkFigure, T>;

/** Two stretches as one. */
export const addSpans = (a: NetworkSpan, b: NetworkSpan): NetworkSpan => ({
  ms: a.ms + b.ms,
  ...eachFigure(
    (name) => both(a[name], b[name], (x, y) => x + y),
    (name) => both(a[name], b[name], Math.max),
  ),
});

const both = (
  a: number | null,
  b: number | null,
  of: (a: number, b: number) => number,
): number | null => (a === null || b === null ? null : of(a, b));
