import { describe, expect, it } from 'vitest';
import { sendPreloaded } from '../support/preloaded.ts';

const tls = "{ tls: '1.3' }";
const resumed = "{ tls: '1.3', reuse: close, session: resumed }";
const requests = 400;

describe('the hook of the injections', () => {
  it.each([
    ['kept connections', '{}'],
    ['a connection for each request', '{ reuse: close }'],
    ['kept connections with TLS', tls],
    ['TLS connections that are resumed', resumed],
  ])('sees each request exactly once at both ends: %s', async (_, connection) => {
    const sent = await sendPreloaded({ requests, connection });
    expect(sent.client).toMatchObject({ requests, errors: 0 });
    expect(sent.inWorkers).toEqual([expect.objectContaining({ requests, injected: 0 })]);
    expect(sent.inTarget).toMatchObject({ requests, injected: 0 });
  });
});

describe('work that is injected', () => {
  const busy = (env: Record<string, string>) => ({
    name: 'busy',
    env: { INJECT_US: '50', ...env },
  });

  it('busy: each request, at either end, as long as was asked for', async () => {
    const sent = await sendPreloaded({ requests, client: busy({}), target: busy({}) });
    for (const counted of [...sent.inWorkers, sent.inTarget]) {
      expect(counted).toMatchObject({ requests, injected: requests });
      // So many steps as took 50 µs when they were last timed: the processor's speed wanders.
      expect(counted.usEach).toBeGreaterThan(25);
      expect(counted.usEach).toBeLessThan(100);
    }
  });

  it.each([
    ['none', '{}', 0],
    ['each', tls, requests],
  ])('busy only with TLS: %s', async (_, connection, injected) => {
    const sent = await sendPreloaded({
      requests,
      connection,
      client: busy({ INJECT_ONLY: 'tls' }),
    });
    expect(sent.inWorkers).toEqual([expect.objectContaining({ requests, injected })]);
  });

  it('busy in one worker: not in the other', async () => {
    const client = busy({ INJECT_WORKER: '1' });
    const { inWorkers } = await sendPreloaded({ requests, workers: 2, client });
    expect(inWorkers.map(({ injected }) => injected)).toEqual([0, requests / 2]);
  });

  it('burst: one request in so many', async () => {
    const client = { name: 'burst', env: { INJECT_US: '50', INJECT_EVERY: '30' } };
    const { inWorkers } = await sendPreloaded({ requests, client });
    expect(inWorkers).toEqual([expect.objectContaining({ requests, injected: 13 })]);
  });

  it('allocate: each request', async () => {
    const client = { name: 'allocate', env: { INJECT_OBJECTS: '40', INJECT_LIVES: '100' } };
    const { inWorkers } = await sendPreloaded({ requests, client });
    expect(inWorkers).toEqual([expect.objectContaining({ requests, injected: requests })]);
  });
});

describe('what a target does to one request in so many', () => {
  it('tail: answers late, and answers all', async () => {
    const target = { name: 'tail', env: { INJECT_MS: '50', INJECT_EVERY: '20' } };
    const sent = await sendPreloaded({ requests, target });
    expect(sent.client).toMatchObject({ requests, errors: 0 });
    expect(sent.inTarget).toMatchObject({ requests, injected: 20 });
    // Node's timers go by a clock that is read once in each turn, and may be some ms early.
    const slowest = sent.latency.getValueAtPercentile(95.25);
    expect(slowest).toBeGreaterThan(40_000);
  });

  it('closing: the client opens another connection, and no request fails', async () => {
    const target = { name: 'closing', env: { INJECT_EVERY: '50' } };
    const sent = await sendPreloaded({ requests, target });
    expect(sent.client).toMatchObject({ requests, errors: 0 });
    expect(sent.inTarget).toMatchObject({ requests, injected: 8 });
    // Eight slots, and one more for each that was closed; the last answer closes one that nobody needs again.
    expect(sent.target.connections).toBe(8 + 7);
  });

  it('tickets: the handshake is full, and that of the ticket given there too', async () => {
    const target = { name: 'tickets', env: { INJECT_EVERY: '50' } };
    const sent = await sendPreloaded({ requests, connection: resumed, target });
    expect(sent.client).toMatchObject({ requests, errors: 0 });
    expect(sent.inTarget).toMatchObject({ requests, injected: 8 });
    // Each slot begins without a ticket.
    expect(sent.target.handshakesFull).toBeGreaterThanOrEqual(8 + 8);
    expect(sent.target.handshakesFull).toBeLessThanOrEqual(8 + 8 + 8);
  });
});
