import { eachFigure, type NetworkLimits, type NetworkSpan } from '../model/network.ts';
import { type Open, type OpenFile, openProcFile } from './open-file.ts';
import { columnsReader, numberOf, portCount, socketLevels } from './tcp-tables.ts';

export interface NetworkMeter {
  readonly limits: NetworkLimits;
  /** What the kernel counted since the last call, and what it has. Null where Linux is not. */
  since(): NetworkSpan | null;
  /** The same since the meter was opened. */
  sinceOpened(): NetworkSpan | null;
  close(): void;
}

const inSnmp = {
  opened: 'ActiveOpens',
  accepted: 'PassiveOpens',
  failedOpens: 'AttemptFails',
  retransmitted: 'RetransSegs',
  resetsSent: 'OutRsts',
  resetConnections: 'EstabResets',
};
const inNetstat = {
  timeouts: 'TCPTimeouts',
  listenOverflows: 'ListenOverflows',
  listenDrops: 'ListenDrops',
};

/** TCP in our network namespace; `now` is monotonic, in ms. What a reading costs: bench/self/signals.js. */
export function openNetwork(now: () => number, open: Open = openProcFile): NetworkMeter {
  const files: OpenFile[] = [];
  const kept = (file: string): (() => string) => {
    const opened = open(file);
    if (opened !== null) files.push(opened);
    return () => opened?.read() ?? '';
  };
  const snmp = kept('/proc/net/snmp');
  const netstat = kept('/proc/net/netstat');
  const sockstat = kept('/proc/net/sockstat');
  const tracked = kept('/proc/sys/net/netfilter/nf_conntrack_count');
  const columns = {
    snmp: columnsReader(snmp(), 'Tcp', inSnmp),
    netstat: columnsReader(netstat(), 'TcpExt', inNetstat),
  };

  /** Counters since the machine or the namespace began. */
  const read = (): NetworkSpan | null => {
    const text = snmp();
    if (text === '') return null;
    return {
      ms: now(),
      ...columns.snmp(text),
      ...columns.netstat(netstat()),
      ...socketLevels(sockstat()),
      tracked: numberOf(tracked()),
    };
  };

  const opened = read();
  let last = opened;
  return {
    limits: limitsOf((file) => kept(`/proc/sys/net/${file}`)()),
    since: () => {
      const before = last;
      last = read();
      return between(before, last);
    },
    sinceOpened: () => between(opened, read()),
    close: () => {
      for (const file of files) file.close();
    },
  };
}

const limitsOf = (sysctl: (file: string) => string): NetworkLimits => {
  // 1 is for all connections, 2 for those on loopback.
  const reuse = numberOf(sysctl('ipv4/tcp_tw_reuse'));
  return {
    ports: portCount(sysctl('ipv4/ip_local_port_range')),
    timeWaitReuse: reuse === null ? null : reuse > 0,
    backlog: numberOf(sysctl('core/somaxconn')),
    tracked: numberOf(sysctl('netfilter/nf_conntrack_max')),
  };
};

function between(before: NetworkSpan | null, after: NetworkSpan | null): NetworkSpan | null {
  if (before === null || after === null) return null;
  const counted = (from: number | null, to: number | null): number | null =>
    from === null || to === null ? null : to - from;
  return {
    ms: after.ms - before.ms,
    ...eachFigure(
      (name) => counted(before[name], after[name]),
      (name) => after[name],
    ),
  };
}
