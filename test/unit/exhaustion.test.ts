import { describe, expect, it } from 'vitest';
import { exhaustion, type Strain } from '../../src/analysis/exhaustion.ts';
import type { NetworkLimits, NetworkSpan } from '../../src/model/network.ts';

const nothing: NetworkSpan = {
  ms: 1_000,
  ...{ opened: 0, accepted: 0, failedOpens: 0, retransmitted: 0, timeouts: 0, resetsSent: 0 },
  ...{ resetConnections: 0, listenOverflows: 0, listenDrops: 0 },
  ...{ timeWait: 0, sockets: 20, memoryPages: 10, tracked: 0 },
};
const limits: NetworkLimits = {
  ...{ ports: 28_232, timeWaitReuse: true, backlog: 4_096, tracked: 1_000 },
};
const strain = (
  some: Partial<Omit<Strain, 'counted' | 'limits'>> & {
    readonly counted?: Partial<NetworkSpan>;
    readonly limits?: Partial<NetworkLimits>;
  } = {},
): Strain => ({
  ...{ role: 'candidate', said: [], errors: 0, slots: 8, connections: 100 },
  descriptors: { client: { open: 20, limit: 64 }, target: { open: 21, limit: 64 } },
  ...some,
  counted: { ...nothing, ...some.counted },
  limits: { ...limits, ...some.limits },
});
const codes = (...strains: Strain[]) => exhaustion(strains).map(({ code }) => code);

/** Nothing is known but what was said. */
const dark = (...said: string[]): Strain => ({
  ...{ role: null, said, errors: 0, counted: null, limits: null, slots: null, connections: null },
  descriptors: { client: null, target: null },
});

const refused = 'connect EADDRNOTAVAIL 127.0.0.1:40017 - Local (0.0.0.0:0)';

it('nothing ran out where nothing was said and nothing is near a limit', () => {
  expect(exhaustion([strain(), dark('exited with code 7')])).toEqual([]);
});

describe('ephemeral ports', () => {
  it('ran out where a client says so', () => {
    const waiting = { counted: { timeWait: 28_000 } };
    expect(exhaustion([strain({ said: [refused], ...waiting })])).toEqual([
      {
        code: 'ephemeral-ports',
        message:
          'no ephemeral port was left (candidate; 28232 in net.ipv4.ip_local_port_range; 28000 sockets in TIME_WAIT)',
        next: 'Keep connections, or widen the range (`sysctl -w net.ipv4.ip_local_port_range="1024 65535"`).',
      },
    ]);
  });

  it('may run out where nearly as many are in TIME_WAIT, and stay there', () => {
    const many = { connections: 30_000, counted: { timeWait: 30_000 } };
    const kept = { timeWaitReuse: false };
    const [warning] = exhaustion([strain({ ...many, limits: kept })]);
    expect(warning?.message).toMatch(/^nearly as many sockets are in TIME_WAIT as there are/);
    expect(warning?.next).toContain('tcp_tw_reuse=1');
    expect(codes(strain(many))).toEqual([]);
    // To other targets, before this one was started.
    expect(codes(strain({ ...many, connections: 9_000, limits: kept }))).toEqual([]);
    expect(codes(strain({ ...many, limits: { ...kept, ports: null } }))).toEqual([]);
  });

  it('ran out where a server finds none to listen on', () => {
    const inUse = 'listen EADDRINUSE: address already in use 127.0.0.1';
    expect(codes(dark(inUse))).toEqual(['ephemeral-ports']);
    // Of a port that was asked for, somebody else has it.
    expect(codes(dark(`${inUse}:3000`))).toEqual([]);
  });

  it('not where a server cannot have the address that it wants', () => {
    expect(codes(dark('listen EADDRNOTAVAIL: address not available 10.0.0.1'))).toEqual([]);
  });
});

describe('file descriptors', () => {
  it('ran out where a client says so', () => {
    const said = ['connect EMFILE 127.0.0.1:8080 - Local (undefined:undefined)'];
    const [warning] = exhaustion([strain({ said }), strain({ role: 'baseline' })]);
    expect(warning).toMatchObject({
      code: 'file-descriptors',
      message: 'no file descriptor was left (candidate; `ulimit -n` of the client is 64)',
    });
  });

  it('ran out where a process that failed says so, of which no more is known', () => {
    const [warning] = exhaustion([
      dark('exited with code 1', 'OSError: [Errno 24] Too many open files'),
    ]);
    expect(warning?.message).toBe('no file descriptor was left');
  });

  it('of the whole machine have another remedy', () => {
    const [warning] = exhaustion([strain({ said: ['connect ENFILE 127.0.0.1:8080'] })]);
    expect(warning?.next).toContain('fs.file-max');
  });

  it('of a target are too few for the connections that it is to hold, and requests fail', () => {
    // 21 are open: 43 connections fit into 64.
    expect(codes(strain({ errors: 5, slots: 43 }))).toEqual([]);
    const [warning] = exhaustion([strain({ errors: 5, slots: 44 })]);
    expect(warning?.message).toBe(
      'the target has no file descriptors for 44 connections at the same time (candidate; `ulimit -n` of the target is 64)',
    );
    expect(codes(strain({ errors: 0, slots: 44 }))).toEqual([]);
    expect(codes(strain({ errors: 5, slots: null }))).toEqual([]);
  });
});

describe('the queue of a listening socket', () => {
  it('was full where the kernel counted it in the slices of an arm', () => {
    const full = (role: Strain['role'], listenOverflows: number) =>
      strain({ role, counted: { listenOverflows } });
    const [warning] = exhaustion([full('baseline', 3), full('candidate', 4)]);
    expect(warning).toMatchObject({
      code: 'listen-queue',
      message:
        'the queue of a listening socket was full: connections were turned away 7 times (baseline and candidate; net.core.somaxconn is 4096)',
    });
  });

  it('is why a launch failed only where nobody answered', () => {
    const failed = (said: string) =>
      strain({ role: null, said: [said], counted: { listenOverflows: 3 } });
    expect(codes(failed('all 8 requests of a slice failed: no answer within 30000 ms'))).toEqual([
      'listen-queue',
    ]);
    expect(codes(failed('client exited with code 7'))).toEqual([]);
    // A datagram is in no such queue.
    expect(codes(failed('look-up of a.test: no answer within 100 ms'))).toEqual([]);
  });
});

describe("the packet filter's table", () => {
  it('was nearly full', () => {
    const [warning] = exhaustion([strain({ counted: { tracked: 950 } })]);
    expect(warning).toMatchObject({
      code: 'conntrack',
      message: expect.stringContaining('(candidate; 950 of 1000, nf_conntrack_max)'),
    });
    expect(codes(strain({ counted: { tracked: 850 } }))).toEqual([]);
    expect(codes(strain({ counted: { tracked: 950 }, limits: { tracked: null } }))).toEqual([]);
  });
});
