import { describe, expect, it } from 'vitest';
import { clausesOf } from '../../src/contract/clauses.ts';
import { contractOfLaunches } from '../../src/contract/contract.ts';
import { equalityClauses } from '../../src/contract/equality.ts';
import type { Evidence, SliceEvidence, Witness } from '../../src/contract/evidence.ts';
import { type Counts, noCounts } from '../../src/model/counts.ts';
import type { ConnectionSettings, Load, Settings } from '../../src/model/settings.ts';
import { plan, shipped } from '../fixtures/matrix/planned.ts';

const base = plan(shipped('smoke.yaml')).cells[0].arms.baseline;
const settings = (connection: Partial<ConnectionSettings>): Settings => ({
  ...base,
  connection: { ...base.connection, ...connection },
});

const observed = {
  tlsVersions: [],
  ciphers: [],
  keyExchanges: [],
  httpVersions: ['1.1'],
  statuses: [200],
};
const counts = (some: Partial<Counts>): Counts => ({ ...noCounts, ...some });
const evidence = (
  client: Partial<Counts>,
  target: Partial<Counts> | null,
  opened: Partial<Counts> = {},
  queries: { readonly opened: number; readonly measured: number } | null = null,
): SliceEvidence => ({
  kind: 'slices',
  witness: 'target',
  workers: 1,
  slots: 8,
  opened: { client: counts(opened), target: counts(opened), queries: queries?.opened ?? null },
  measured: {
    ...{ client: counts(client), target: target === null ? null : counts(target) },
    queries: queries?.measured ?? null,
  },
});
const stateOf = (name: string, of: Settings, from: Evidence) =>
  clausesOf(of, from).find((clause) => clause.clause === name)?.state;

const close = settings({
  tls: '1.3',
  reuse: { kind: 'close' },
  session: 'none',
  context: 'shared',
});
const whole = { requests: 100, connections: 100, handshakesFull: 100 };

describe('clauses', () => {
  it('close: one connection per request, at both ends', () => {
    expect(stateOf('connections', close, evidence(whole, whole))).toBe('proven');
    expect(stateOf('connections', close, evidence({ ...whole, connections: 99 }, whole))).toBe(
      'broken',
    );
    expect(stateOf('connections', close, evidence(whole, { ...whole, connections: 101 }))).toBe(
      'broken',
    );
  });

  it('keep-alive: no more connections than slots, opened before or during the slices', () => {
    const kept = settings({ tls: 'none', reuse: { kind: 'keep-alive' } });
    const of = (connections: number, opened: number, errors = 0) =>
      evidence(
        { requests: 100 - errors, errors, connections },
        { requests: 100, connections },
        { connections: opened },
      );
    expect(stateOf('connections', kept, of(0, 8))).toBe('proven');
    expect(stateOf('connections', kept, of(1, 8))).toBe('broken');
    // A request that failed may have ended its connection.
    expect(stateOf('connections', kept, of(2, 8, 2))).toBe('proven');
    expect(stateOf('connections', kept, of(3, 8, 2))).toBe('broken');
  });

  it('every N: one connection for each N requests, but for those that are still open', () => {
    const some = settings({ tls: 'none', reuse: { kind: 'every', requests: 10 } });
    const of = (connections: number, errors = 0, atTarget = connections) =>
      evidence(
        { requests: 995 - errors, errors, connections },
        { requests: 995, connections: atTarget },
        { requests: 5, connections: 8 },
      );
    // 1000 requests in all: 100 connections, and 8 more at most; 8 were opened before.
    const state = (...given: Parameters<typeof of>) => stateOf('connections', some, of(...given));
    expect(state(92)).toBe('proven');
    expect(state(100)).toBe('proven');
    expect(state(91)).toBe('broken');
    expect(state(101)).toBe('broken');
    expect(state(101, 1)).toBe('proven');
    expect(state(95, 0, 96)).toBe('broken');
  });

  it('session none: a single resumed handshake anywhere breaks it', () => {
    const resumed = { ...whole, handshakesFull: 99, handshakesResumed: 1 };
    expect(stateOf('resumption', close, evidence(whole, whole))).toBe('proven');
    expect(stateOf('resumption', close, evidence(resumed, resumed))).toBe('broken');
    expect(stateOf('resumption', close, evidence(whole, whole, { handshakesResumed: 1 }))).toBe(
      'broken',
    );
  });

  it('session resumed: a single full handshake in a slice breaks it', () => {
    const resuming = { ...close, connection: { ...close.connection, session: 'resumed' as const } };
    const all = { ...whole, handshakesFull: 0, handshakesResumed: 100 };
    const once = { ...whole, handshakesFull: 1, handshakesResumed: 99 };
    expect(stateOf('resumption', resuming, evidence(all, all, { handshakesFull: 8 }))).toBe(
      'proven',
    );
    expect(stateOf('resumption', resuming, evidence(once, once))).toBe('broken');
  });

  it('contexts: one per worker when shared, one per connection otherwise', () => {
    const each = {
      ...close,
      connection: { ...close.connection, context: 'per-connection' as const },
    };
    expect(stateOf('contexts', close, evidence(whole, whole, { contexts: 1 }))).toBe('proven');
    expect(
      stateOf('contexts', close, evidence({ ...whole, contexts: 1 }, whole, { contexts: 1 })),
    ).toBe('broken');
    expect(stateOf('contexts', each, evidence({ ...whole, contexts: 100 }, whole))).toBe('proven');
    expect(stateOf('contexts', each, evidence({ ...whole, contexts: 1 }, whole))).toBe('broken');
  });

  it('a look-up that nobody asked for breaks it', () => {
    expect(stateOf('look-ups', close, evidence({ ...whole, lookups: 1 }, whole))).toBe('broken');
  });

  describe('look-ups', () => {
    const looked = (
      kind: 'cached' | 'per-connection',
      client: { readonly opened: Partial<Counts>; readonly measured: Partial<Counts> },
      queries: { readonly opened: number; readonly measured: number },
    ) =>
      clausesOf(
        settings({ reuse: { kind: 'close' }, dns: { kind, delayMs: 0 } }),
        evidence({ ...whole, ...client.measured }, null, client.opened, queries),
      ).find(({ clause }) => clause === 'look-ups');
    const once = { opened: { lookups: 1 }, measured: {} };
    const each = { opened: {}, measured: { lookups: 100 } };

    it('cached: one per worker at both ends, none while measured', () => {
      expect(looked('cached', once, { opened: 1, measured: 0 })).toEqual({
        ...{
          clause: 'look-ups',
          state: 'proven',
          expected: '1: one per worker, none while measured',
        },
        observed: '1 at the client, 1 at the resolver',
      });
      expect(looked('cached', once, { opened: 0, measured: 0 })?.state).toBe('broken');
      expect(looked('cached', once, { opened: 2, measured: 0 })?.state).toBe('broken');
      const none = { opened: {}, measured: {} };
      expect(looked('cached', none, { opened: 0, measured: 0 })?.state).toBe('broken');
      const late = { opened: {}, measured: { lookups: 1 } };
      expect(looked('cached', late, { opened: 0, measured: 1 })).toMatchObject({
        state: 'broken',
        observed: '1 at the client, 1 at the resolver, 1 while measured',
      });
    });

    it('per connection: one query for each, whatever the target counts', () => {
      expect(looked('per-connection', each, { opened: 8, measured: 100 })).toEqual({
        ...{ clause: 'look-ups', state: 'proven', expected: '100: one per connection' },
        observed: '100 at the client, 100 at the resolver',
      });
      expect(looked('per-connection', each, { opened: 8, measured: 200 })?.state).toBe('broken');
      expect(looked('per-connection', each, { opened: 8, measured: 99 })?.state).toBe('broken');
      const kept = { opened: {}, measured: { lookups: 99 } };
      expect(looked('per-connection', kept, { opened: 8, measured: 99 })?.state).toBe('broken');
      expect(looked('per-connection', once, { opened: 1, measured: 0 })?.state).toBe('broken');
    });

    it('per connection: a query may be sent again, and a look-up may fail', () => {
      const again = { opened: {}, measured: { lookups: 100, lookupsAgain: 2 } };
      const state = (queries: number, measured = again.measured) =>
        looked('per-connection', { opened: {}, measured }, { opened: 0, measured: queries })?.state;
      expect([100, 102, 103, 99].map((queries) => state(queries))).toEqual([
        'proven',
        'proven',
        'broken',
        'broken',
      ]);
      const failed = { lookups: 103, lookupsAgain: 0, errors: 3 };
      expect([99, 100, 103, 104].map((queries) => state(queries, failed))).toEqual([
        'broken',
        'proven',
        'proven',
        'broken',
      ]);
    });
  });

  it('what only the client counted is unproven, not proven', () => {
    expect(stateOf('connections', close, evidence(whole, null))).toBe('unproven');
    expect(stateOf('requests', close, evidence(whole, null))).toBe('unproven');
  });
});

describe('contract', () => {
  it('one broken launch is not made up for by the others', () => {
    const good = evidence(whole, whole, { contexts: 1 });
    const bad = evidence({ ...whole, connections: 99 }, whole, { contexts: 1 });
    const launches = [good, bad, good].map((candidate) => ({ baseline: good, candidate }));
    const contract = contractOfLaunches({ baseline: close, candidate: close }, launches, []);
    expect(contract.ok).toBe(false);
    const broken = contract.clauses.filter(({ state }) => state === 'broken');
    expect(broken.map(({ clause }) => clause)).toContain('candidate: connections');
    expect(broken[0]?.observed).toContain('(launch 2)');
  });

  describe('of a target that does not count', () => {
    const silent = evidence(whole, null, { contexts: 1 });
    const relayed = (seen: Partial<Witness>): Evidence => {
      const { measured, ...rest } = evidence(whole, whole, { contexts: 1 });
      const target = { ...counts(whole), ...seen };
      return { ...rest, witness: 'relay', measured: { ...measured, target } };
    };
    const contract = (seen: Partial<Witness>) => {
      const launches = [{ baseline: silent, candidate: silent }];
      const arms = { baseline: close, candidate: close };
      const both = { baseline: [relayed({})], candidate: [relayed(seen)] };
      return contractOfLaunches(arms, launches, [], both);
    };
    const clause = (seen: Partial<Witness>, name: string) =>
      contract(seen).clauses.find((one) => one.clause === `candidate: ${name}`);

    it('what a relay counted is proven, and says so', () => {
      expect(contract({}).clauses.every(({ state }) => state === 'proven')).toBe(true);
      expect(clause({}, 'connections')).toMatchObject({
        observed: '100 at the client, 100 at the relay (contract launch)',
      });
    });

    it('what the relay could not read stays unproven, and says why', () => {
      expect(contract({ requests: null }).ok).toBe(true);
      expect(clause({ requests: null }, 'requests')).toMatchObject({
        state: 'unproven',
        observed: '100 at the client; the relay cannot read them (contract launch)',
      });
    });

    it('what the relay saw broken is broken', () => {
      expect(contract({ connections: 200 }).ok).toBe(false);
      expect(clause({ connections: 200 }, 'connections')?.state).toBe('broken');
    });

    it('and a measured launch that breaks it is not mended by a relay', () => {
      const bad = evidence({ ...whole, connections: 99 }, null, { contexts: 1 });
      const broken = contractOfLaunches(
        { baseline: close, candidate: close },
        [{ baseline: silent, candidate: bad }],
        [],
        { baseline: [relayed({})], candidate: [relayed({})] },
      );
      expect(broken.ok).toBe(false);
    });
  });

  it('a cheaper cipher in one arm breaks it', () => {
    const wire = (cipher: string) => ({
      settings: close,
      observed: {
        ...observed,
        tlsVersions: ['TLSv1.3'],
        ciphers: [cipher],
        keyExchanges: ['X25519'],
      },
      measured: counts({ requests: 10, bytesIn: 130 }),
      replayed: null,
    });
    const clauses = equalityClauses({ baseline: wire('AES_256'), candidate: wire('AES_128') });
    expect(clauses.filter(({ state }) => state === 'broken').map(({ clause }) => clause)).toEqual([
      'cipher',
    ]);
  });
});

describe('several requests', () => {
  const [request] = base.scenario.requests;
  const several = { order: 'sequence', requests: [request, request] } as const;
  const closed: Load = { model: 'closed', connections: 8 };
  const open: Load = { model: 'open', rate: 5, arrivals: 'constant' };
  const wire = (load: Load, sent: readonly number[], bytes = 100) => ({
    settings: { ...base, scenario: { ...several, load } },
    observed,
    measured: counts({ requests: 10, bytesIn: 130 }),
    replayed: sent.map((n, i) => ({ sent: n, answered: n - i, bytes: (n - i) * bytes })),
  });
  const broken = (baseline: ReturnType<typeof wire>, candidate: ReturnType<typeof wire>) =>
    equalityClauses({ baseline, candidate })
      .filter(({ state }) => state === 'broken')
      .map(({ clause }) => clause);

  it('are sent equally often to both arms under closed load', () => {
    expect(broken(wire(closed, [8, 4]), wire(closed, [8, 4]))).toEqual([]);
    expect(broken(wire(closed, [8, 4]), wire(closed, [9, 3]))).toEqual(['requests of each kind']);
  });

  it('are not counted against each other where each arm had slices of its own', () => {
    const arms = { baseline: wire(closed, [8, 4]), candidate: wire(closed, [16, 8]) };
    const names = equalityClauses(arms, false).map(({ clause }) => clause);
    expect(names).toContain('body bytes per request');
    expect(names).not.toContain('requests of each kind');
  });

  it('have bodies of a length of their own, however many of each paced load sent', () => {
    expect(broken(wire(open, [8, 4]), wire(open, [9, 3]))).toEqual([]);
    const longer = wire(open, [8, 4], 101);
    expect(broken(wire(open, [8, 4]), longer)).toEqual(['body bytes per request']);
  });
});

describe('what a program says at its end', () => {
  const plain = settings({ tls: 'none' });
  const whole = (client: Partial<Counts>, target: Partial<Counts>, measured = {}): Evidence => ({
    ...{ kind: 'whole', witness: 'target', workers: 1, slots: 8, starts: 2, startedBySlice: false },
    lostByRests: 0,
    ...{ client: counts(client), target: counts(target), measured: counts(measured) },
  });

  it.each([
    ['all that the target answered', 5_000, 'proven'],
    ['all but what was in flight at its two ends', 5_016, 'proven'],
    ['less than the target answered', 5_017, 'broken'],
    ['more than the target answered', 4_983, 'broken'],
  ])('is %s', (_, requests, state) => {
    const evidence = whole({ requests: 4_990, errors: 10 }, { requests });
    expect(stateOf('requests', plain, evidence)).toBe(state);
  });

  it('and a connection that was opened while it was measured breaks it', () => {
    expect(stateOf('connections', plain, whole({}, { connections: 18 }))).toBe('proven');
    const opened = whole({}, { connections: 18 }, { connections: 1 });
    expect(stateOf('connections', plain, opened)).toBe('broken');
  });

  it('has a handshake for each connection, but for a look whether somebody listens', () => {
    const secure = settings({ tls: '1.3' });
    const of = (handshakesFull: number, handshakesResumed = 0) =>
      whole({}, { connections: 18, handshakesFull, handshakesResumed });
    expect(stateOf('handshakes', secure, of(16))).toBe('proven');
    expect(stateOf('handshakes', secure, of(15))).toBe('broken');
    expect(stateOf('handshakes', secure, of(19))).toBe('broken');
    expect(stateOf('handshakes', plain, of(1))).toBe('broken');
    expect(stateOf('resumption', secure, of(16))).toBe('proven');
    const resumed = whole({}, {}, { handshakesResumed: 1 });
    expect(stateOf('resumption', secure, resumed)).toBe('broken');
  });

  it('may have lost a connection by a rest, where the engine says that it does', () => {
    const of = (connections: number): Evidence =>
      ({ ...whole({}, {}, { connections }), lostByRests: 8 }) as Evidence;
    expect(stateOf('connections', plain, of(8))).toBe('proven');
    expect(stateOf('connections', plain, of(9))).toBe('broken');
  });

  it('of a mode that closes, has a connection for each request, give or take its starts', () => {
    const closing = settings({ tls: '1.2', reuse: { kind: 'close' } });
    const of = (connections: number, errors = 0) =>
      whole({ errors }, { requests: 1_000, connections });
    const state = (...given: Parameters<typeof of>) =>
      stateOf('connections', closing, of(...given));
    expect(state(999)).toBe('broken');
    expect(state(1_000)).toBe('proven');
    // Two starts, at each eight connections in flight and one that looks.
    expect(state(1_018)).toBe('proven');
    expect(state(1_019)).toBe('broken');
    expect(state(1_019, 1)).toBe('proven');
  });

  it('of a mode that resumes, has full handshakes at its starts only', () => {
    const resuming = settings({ tls: '1.2', reuse: { kind: 'close' }, session: 'resumed' });
    const of = (handshakesFull: number, errors = 0) =>
      whole({ errors }, { requests: 1_000, connections: 1_000, handshakesFull });
    const state = (...given: Parameters<typeof of>) =>
      stateOf('resumption', resuming, of(...given));
    expect(state(16)).toBe('proven');
    expect(state(17)).toBe('broken');
    expect(state(17, 1)).toBe('proven');
  });

  it('of a start for each slice, allows the connections of each start and no more', () => {
    const of = (connections: number): Evidence => ({
      ...{
        kind: 'whole',
        witness: 'target',
        workers: 1,
        slots: 8,
        starts: 4,
        startedBySlice: true,
      },
      lostByRests: 0,
      ...{ client: counts({}), target: counts({ connections }), measured: counts({ connections }) },
    });
    expect(stateOf('connections', plain, of(36))).toBe('proven');
    expect(stateOf('connections', plain, of(37))).toBe('broken');
  });

  it('is not proven where the target does not count', () => {
    const secure = settings({ tls: '1.3' });
    const alone: Evidence = {
      ...{
        kind: 'whole',
        witness: 'target',
        workers: 1,
        slots: 8,
        starts: 4,
        startedBySlice: true,
      },
      lostByRests: 0,
      ...{ client: counts({ requests: 9 }), target: null, measured: null },
    };
    const states = clausesOf(secure, alone).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['unproven']));
  });
});
