import { describe, expect, it } from 'vitest';
import { openNetwork } from '../../../src/machine/network.ts';

type Files = Readonly<Record<string, string>>;

/** Columns in an order of their own, as kernels have them, and tables that are not TCP's. */
const snmp = (opened: number, resets: number): string => `Ip: Forwarding DefaultTTL
Ip: 1 64
Tcp: RtoAlgorithm MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets RetransSegs OutRsts
Tcp: 1 -1 ${opened} ${opened + 5} 3 4 7 ${resets}
Udp: InDatagrams
Udp: 9
`;
const netstat = (overflows: number): string => `TcpExt: TW ListenOverflows ListenDrops TCPTimeouts
TcpExt: 1000 ${overflows} ${overflows + 1} 20
IpExt: InNoRoutes
IpExt: 0
MPTcpExt: MPCapableSYNRX
MPTcpExt: 0
`;
const sockstat = (timeWait: number): string =>
  `sockets: used 16\nTCP: inuse 1 orphan 0 tw ${timeWait} alloc 31 mem 250\nUDP: inuse 0 mem 0\n`;
const conntrack = '/proc/sys/net/netfilter/nf_conntrack_count';
const machine = (opened: number, resets: number, overflows: number, timeWait: number): Files => ({
  '/proc/net/snmp': snmp(opened, resets),
  '/proc/net/netstat': netstat(overflows),
  '/proc/net/sockstat': sockstat(timeWait),
  [conntrack]: `${timeWait * 2}\n`,
  '/proc/sys/net/ipv4/ip_local_port_range': '32768\t60999\n',
  '/proc/sys/net/ipv4/tcp_tw_reuse': '2\n',
  '/proc/sys/net/core/somaxconn': '4096\n',
  '/proc/sys/net/netfilter/nf_conntrack_max': '262144\n',
});

/** A meter over a machine whose files change in between. */
function meterOf(first: Files) {
  let [files, ms] = [first, 100];
  const open: string[] = [];
  const meter = openNetwork(
    () => ms,
    (file) => {
      if (first[file] === undefined) return null;
      open.push(file);
      return {
        read: () => files[file] ?? null,
        close: () => void open.splice(open.indexOf(file), 1),
      };
    },
  );
  const become = (then: Files, after: number): void => {
    files = then;
    ms += after;
  };
  return { meter, open, become };
}

describe('the network of a machine', () => {
  it('is what the kernel counted between two readings, and what it has', () => {
    const { meter, become } = meterOf(machine(100, 10, 0, 5));
    become(machine(160, 12, 3, 65), 250);
    expect(meter.since()).toEqual({
      ms: 250,
      ...{ opened: 60, accepted: 60, failedOpens: 0, retransmitted: 0, timeouts: 0 },
      ...{ resetsSent: 2, resetConnections: 0, listenOverflows: 3, listenDrops: 3 },
      ...{ timeWait: 65, sockets: 31, memoryPages: 250, tracked: 130 },
    });
    become(machine(170, 12, 3, 60), 50);
    expect(meter.since()).toMatchObject({ ms: 50, opened: 10, listenOverflows: 0, timeWait: 60 });
    expect(meter.sinceOpened()).toMatchObject({ ms: 300, opened: 70, listenOverflows: 3 });
  });

  it('has limits', () => {
    expect(meterOf(machine(0, 0, 0, 0)).meter.limits).toEqual({
      ...{ ports: 28_232, timeWaitReuse: true, backlog: 4_096, tracked: 262_144 },
    });
    const off = { ...machine(0, 0, 0, 0), '/proc/sys/net/ipv4/tcp_tw_reuse': '0\n' };
    expect(meterOf(off).meter.limits.timeWaitReuse).toBe(false);
  });

  it('is unknown, not nothing, where the kernel does not tell', () => {
    const { [conntrack]: _, ...untracked } = machine(100, 10, 0, 5);
    const old = untracked['/proc/net/netstat']?.replace('ListenOverflows', 'Other') ?? '';
    const { meter } = meterOf({ ...untracked, '/proc/net/netstat': old });
    expect(meter.since()).toMatchObject({ opened: 0, listenOverflows: null, tracked: null });
    const elsewhere = meterOf({}).meter;
    expect([elsewhere.since(), elsewhere.sinceOpened()]).toEqual([null, null]);
    expect(elsewhere.limits.ports).toBeNull();
  });

  it('leaves no file open', () => {
    const { meter, open } = meterOf(machine(0, 0, 0, 0));
    expect(open.length).toBeGreaterThan(3);
    meter.close();
    expect(open).toEqual([]);
  });
});
