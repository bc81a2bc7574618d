import { describe, expect, it } from 'vitest';
import { Account } from '../../../src/engine/locust/account.ts';
import { fingerprintOf, hereWords } from '../../../src/engine/locust/crew.ts';
import { noCounts } from '../../../src/model/counts.ts';
import type { FromWorker } from '../../../src/worker/protocol.ts';

const worker = (address: string, requests: string, openssl = 'OpenSSL 3.0.19 27 Jan 2026') => ({
  id: `vm_${address}`,
  about: {
    ...{ address, locust: '2.26.0', python: '3.11.7', openssl },
    distributions: { locust: '2.26.0', requests },
  },
});

describe('remote workers', () => {
  it('are one fingerprint, with all values of what differs', () => {
    const workers = [worker('10.0.0.2', '2.32.3'), worker('10.0.0.3', '2.31.0')];
    expect(fingerprintOf(workers)).toEqual({
      ...{ locust: '2.26.0', python: '3.11.7', openssl: '3.0.19' },
      requests: '2.31.0, 2.32.3',
    });
    const older = { ...worker('10.0.0.4', '2.32.3'), id: 'other' };
    const bare = { ...older, about: { ...older.about, distributions: { locust: '2.26.0' } } };
    expect(fingerprintOf([older, bare]).requests).toBe('2.32.3, none');
  });

  it('are counted, and named by where they come from', () => {
    expect(hereWords([], 5)).toBe('0 of 5 workers have come');
    expect(hereWords([worker('10.0.0.2', '2'), worker('10.0.0.3', '2')], 5)).toBe(
      '2 of 5 workers have come, from 10.0.0.2, 10.0.0.3',
    );
  });
});

describe("Locust's own account of a worker", () => {
  const counted = (requests: number) => ({ ...noCounts, requests });
  const done = (requests: number): FromWorker => ({
    ...{ kind: 'slice-done', wallUs: 1, cpuUs: 1, counts: counted(requests) },
  });
  const finished: FromWorker = {
    ...{ kind: 'finish-done', rssBytes: 1, latency: [], replayed: [], firstError: null },
    observed: { tlsVersions: [], ciphers: [], keyExchanges: [], httpVersions: [], statuses: [] },
    claimedCpu: [],
  };

  it('must be that of the agent, launch by launch', () => {
    const account = new Account();
    account.reported(7);
    // What was left of the launch before.
    expect(account.differs({ kind: 'configured', counts: noCounts })).toBeNull();
    account.reported(100);
    expect(account.differs(done(120))).toBeNull();
    account.reported(20);
    expect(account.differs(finished)).toBeNull();
    expect(account.differs({ kind: 'configured', counts: noCounts })).toBeNull();
    account.reported(99);
    expect(account.differs(done(100))).toBeNull();
    expect(account.differs(finished)).toBe('it counted 100 requests, and Locust reports 99');
  });
});
