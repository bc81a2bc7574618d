import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createResolver } from '../../../src/target/resolver/server.ts';
import { lookupOf } from '../../../src/worker/lookup.ts';
import { Tally } from '../../../src/worker/tally.ts';

const host = 'target.bench.test';
const address = '127.0.0.1';
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

interface Asking {
  readonly kind?: 'cached' | 'per-connection';
  readonly delayMs?: number;
  readonly requestTimeoutMs?: number;
  /** What the resolver knows. */
  readonly name?: string;
}

/** The look-up of a worker, and a real resolver that counts. */
async function lookingUp({ kind = 'per-connection', delayMs = 0, ...rest }: Asking = {}) {
  const { requestTimeoutMs = 10_000, name = host } = rest;
  const seen = { queries: 0 };
  const resolver = createResolver({ address, name, delayMs }, () => {
    seen.queries += 1;
  });
  resolver.bind(0, address);
  await once(resolver, 'listening');
  closing.push(() => resolver.close());
  const server = `${address}:${resolver.address().port}`;
  const tally = new Tally(1);
  const lookup = lookupOf({ host, dns: { kind, server }, requestTimeoutMs }, tally);
  const look = (options: object = {}): Promise<unknown[]> =>
    new Promise((resolve) => lookup(host, options, (...found) => resolve(found)));
  const loseNext = (): void => void vi.spyOn(resolver, 'send').mockImplementationOnce(() => {});
  return { look, tally, seen, loseNext };
}

describe('per connection', () => {
  it('asks each time', async () => {
    const { look, tally, seen } = await lookingUp();
    for (let n = 1; n <= 3; n += 1) expect(await look()).toEqual([null, address, 4]);
    await Promise.all([look(), look()]);
    expect({ ...seen, client: tally.lookups, again: tally.lookupsAgain }).toEqual({
      ...{ queries: 5, client: 5, again: 0 },
    });
  });

  it('gives all addresses where all are asked for, as Happy Eyeballs does', async () => {
    const { look } = await lookingUp();
    expect(await look({ all: true })).toEqual([null, [{ address, family: 4 }]]);
  });
});

describe('cached', () => {
  it('asks once, before anybody connects, and whoever comes before the answer waits for it', async () => {
    const { look, tally, seen } = await lookingUp({ kind: 'cached', delayMs: 20 });
    expect(tally.lookups).toBe(1);
    const first = await Promise.all([look(), look({ all: true }), look()]);
    const all = [null, [{ address, family: 4 }]];
    expect(first).toEqual([[null, address, 4], all, [null, address, 4]]);
    expect(await look()).toEqual([null, address, 4]);
    expect({ ...seen, client: tally.lookups }).toEqual({ queries: 1, client: 1 });
  });

  it('does not keep a failure', async () => {
    const { look, tally } = await lookingUp({ kind: 'cached', name: 'other.bench.test' });
    const [error] = await look();
    expect(String(error)).toBe(`Error: look-up of ${host}: queryA ENOTFOUND ${host}`);
    await look();
    expect(tally.lookups).toBe(2);
  });
});

describe('a resolver that does not answer', () => {
  it('fails the look-up by its name, within the time of the request', async () => {
    const { look, tally } = await lookingUp({ delayMs: 60_000, requestTimeoutMs: 100 });
    const [error] = await look();
    expect(String(error)).toBe(`Error: look-up of ${host}: no answer within 50 ms`);
    expect(tally.lookups).toBe(1);
  });

  it('is asked again where c-ares gives up early on one that was quick before', async () => {
    const { look, tally, seen, loseNext } = await lookingUp();
    // As many as a newer c-ares wants to have seen.
    for (let n = 1; n <= 3; n += 1) await look();
    loseNext();
    expect(await look()).toEqual([null, address, 4]);
    expect({ ...seen, client: tally.lookups, again: tally.lookupsAgain }).toEqual({
      ...{ queries: 5, client: 4, again: 1 },
    });
  });
});
