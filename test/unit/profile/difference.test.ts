import { describe, expect, it } from 'vitest';
import { parseCpuProfile } from '../../../src/analysis/profile/cpu-profile.ts';
import { profileDifference } from '../../../src/analysis/profile/difference.ts';
import { keptProfile } from '../../../src/analysis/profile/keep.ts';
import { profileWarnings } from '../../../src/analysis/profile/report.ts';
import type { KeptProfile, ProfileRow } from '../../../src/model/profile.ts';
import { profileWords } from '../../../src/report/profile-words.ts';
import { cpuProfileOf, type Sampled } from '../../support/cpu-profile.ts';

const roots = { bench: '/opt/bench/dist', own: ['/srv'] };

/** All of its CPU was sampled, unless that is said otherwise. */
function kept(calls: readonly Sampled[], requests: number, cpuUs?: number): KeptProfile {
  const own = keptProfile([parseCpuProfile(cpuProfileOf(calls), 500)], roots);
  return { requests, cpuUs: cpuUs ?? own.sampledUs, files: [], ...own };
}

type Taken = Extract<ProfileRow, { state: 'taken' }>;
const row = (baseline: KeptProfile, candidate: KeptProfile): Taken => ({
  ...{ kind: 'profile', cell: 'all', part: 'client', state: 'taken', intervalUs: 500 },
  arms: { baseline, candidate },
});
const unknown = { baseline: null, candidate: null };

const parse = (line: number, samples: number): Sampled => ({
  ...{ name: 'parse', url: '/srv/parse.js', line, samples },
});
const send = (calls: readonly Sampled[]): Sampled => ({
  ...{ name: 'send', url: '/srv/send.js', calls },
});
const tls = (samples: number): Sampled => ({
  name: 'connect',
  url: 'node:_tls_wrap',
  samples: 10,
  calls: [{ name: 'addCACert', samples }],
});

describe('the difference of two profiles', () => {
  const before = kept([parse(3, 100), tls(100)], 100);
  const after = kept([parse(40, 110), tls(400)], 100);
  const found = profileDifference(row(before, after), unknown);

  it('is per request, the largest first, matched without the line', () => {
    expect(
      found.functions.map(({ name, baseline, candidate }) => [name, baseline, candidate]),
    ).toEqual([
      ['addCACert', 500, 2000],
      ['parse', 500, 550],
      ['connect', 50, 50],
    ]);
    expect(found.functions[1]).toMatchObject({
      line: { baseline: 3, candidate: 40 },
      difference: 50,
    });
    expect(found.whole).toMatchObject({
      baseline: 1050,
      candidate: 2600,
      difference: 1550,
      share: 1,
    });
    expect(found.functions[0]?.share).toBeCloseTo(1500 / 1550);
  });

  it('has the noise of the numbers of samples', () => {
    // √(100 + 400) samples of 500 µs over 100 requests.
    expect(found.functions[0]?.noise).toBeCloseTo((Math.sqrt(500) * 500) / 100);
  });

  it('is folded by package', () => {
    expect(found.origins.map(({ origin, difference }) => [origin.name, difference])).toEqual([
      ['node:tls', 1500],
      ['parse.js', 50],
    ]);
  });

  it('has one tree of both, whose widths add up', () => {
    const named = found.stacks.map(({ of, parent, total, self }) => ({
      ...{ name: found.functions[of]?.name, parent },
      ...{ total: total.candidate, self: self.candidate },
    }));
    expect(named).toEqual([
      { name: 'parse', parent: -1, total: 550, self: 550 },
      { name: 'connect', parent: -1, total: 2050, self: 50 },
      { name: 'addCACert', parent: 1, total: 2000, self: 2000 },
    ]);
  });

  it('knows a function that only one arm has', () => {
    const only = profileDifference(row(kept([parse(1, 400)], 10), kept([tls(400)], 10)), unknown);
    const gone = only.functions.find(({ name }) => name === 'parse');
    expect(gone).toMatchObject({ candidate: 0, line: { baseline: 1, candidate: null } });
  });

  it('has no shares of a change that may be chance', () => {
    const same = profileDifference(row(before, kept([parse(3, 104), tls(97)], 100)), unknown);
    expect(same.whole.share).toBeNull();
    expect(same.functions.every(({ share }) => share === null)).toBe(true);
    expect(profileWords([same])[0]).toMatch(/no change per request beyond its noise/);
  });

  it('is of the CPU that was measured, where the process waited for its core', () => {
    const waited = profileDifference(row(before, after), { baseline: 525, candidate: 2600 });
    expect(waited.arms.baseline.accounted).toBe(2);
    expect(waited.whole).toMatchObject({ baseline: 525, candidate: 2600 });
    expect(waited.functions[0]).toMatchObject({ baseline: 250, candidate: 2000 });
  });

  it('is not made larger where something was not seen, which is said', () => {
    const unseen = profileDifference(row(before, after), { baseline: 2100, candidate: 2600 });
    expect(unseen.whole.baseline).toBe(1050);
    expect(profileWarnings([unseen])).toMatchObject([
      { code: 'profile-unaccounted', message: expect.stringContaining('50 %') },
    ]);
    expect(profileWarnings([found])).toEqual([]);
  });
});

describe('what the terminal says of a profile', () => {
  it('names three functions at most, and none that may be chance', () => {
    const found = profileDifference(
      row(kept([parse(1, 100), tls(100)], 100), kept([parse(1, 400), tls(900)], 100)),
      unknown,
    );
    expect(profileWords([found])).toEqual([
      '+4.00 ms of +5.50 ms per request in the client: addCACert (node:tls)',
      '+1.50 ms: parse (parse.js)',
    ]);
  });

  it('says who called what is Node’s own', () => {
    const [before, after] = [kept([send([tls(10)])], 10), kept([send([tls(900)])], 10)];
    const [first] = profileWords([profileDifference(row(before, after), unknown)]);
    expect(first).toMatch(/: addCACert \(node:tls\), called by send \(send\.js\)$/);
  });

  it('escapes hostile names', () => {
    const hostile: Sampled = { name: '\u001b[31m\nevil', url: '/srv/\u202ejs.exe', samples: 900 };
    const found = profileDifference(row(kept([parse(1, 10)], 10), kept([hostile], 10)), unknown);
    const [first] = profileWords([found]);
    expect(first).toContain('\\u001b[31m\\nevil (\\u202ejs.exe)');
    expect(first).not.toMatch(/\p{Cc}|\u202e/u);
  });

  it('says why there is none', () => {
    const missing = {
      part: 'client',
      state: 'impossible',
      reason: 'wrk is no Node',
      next: 'Do.',
    } as const;
    expect(profileWords([missing])).toEqual(['no CPU profile of the client: wrk is no Node. Do.']);
    expect(profileWarnings([missing])).toEqual([]);
    expect(profileWarnings([{ ...missing, state: 'failed' }])).toMatchObject([{ next: 'Do.' }]);
  });
});
