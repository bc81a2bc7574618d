import { describe, expect, it } from 'vitest';
import { parseCpuProfile } from '../../../src/analysis/profile/cpu-profile.ts';
import { keptProfile } from '../../../src/analysis/profile/keep.ts';
import { locate } from '../../../src/analysis/profile/origin.ts';
import { cpuProfileOf, type Sampled } from '../../support/cpu-profile.ts';

const roots = { bench: '/opt/bench/dist/', own: ['/home/me/shop', '/home/me'] };
const kept = (...profiles: (readonly Sampled[])[]) =>
  keptProfile(
    profiles.map((calls) => parseCpuProfile(cpuProfileOf(calls), 500)),
    roots,
  );
const selfs = (...profiles: (readonly Sampled[])[]) =>
  kept(...profiles).functions.map(({ name, origin, selfUs }) => [name, origin.name, selfUs]);

describe('whose a file is', () => {
  it.each([
    ['node:internal/tls/secure-context', 'node', 'node:tls', 'node:internal/tls/secure-context'],
    ['node:_http_client', 'node', 'node:http', 'node:_http_client'],
    ['node:internal/streams/readable', 'node', 'node:stream', 'node:internal/streams/readable'],
    ['file:///opt/bench/dist/worker/channel.js', 'bench', 'bench', 'worker/channel.js'],
    ['/x/node_modules/undici/lib/client.js', 'package', 'undici', 'lib/client.js'],
    ['/x/node_modules/a/node_modules/@b/c/d/e.js', 'package', '@b/c', 'd/e.js'],
    ['file:///home/me/shop/src/a%20b.mjs?v=2', 'own', 'src/a b.mjs', 'src/a b.mjs'],
    ['/home/me/other.js', 'own', 'other.js', 'other.js'],
    ['/secret/place/x.js', 'own', '…/x.js', '…/x.js'],
    ['file:///bad%E0%A4%A.js', 'own', '…/bad%E0%A4%A.js', '…/bad%E0%A4%A.js'],
  ])('%s', (url, kind, name, file) => {
    expect(locate(url, roots)).toEqual({ origin: { kind, name }, file });
  });
});

describe('what is kept of a profile', () => {
  it('is self time by function, without what was idle', () => {
    const calls: Sampled[] = [
      { name: '(idle)', samples: 50 },
      { name: '(program)', samples: 3 },
      { name: '(garbage collector)', samples: 2 },
      {
        name: 'serve',
        url: '/home/me/shop/a.js',
        samples: 1,
        calls: [{ name: '', url: '/home/me/shop/a.js', line: 7, samples: 4 }],
      },
    ];
    expect(selfs(calls)).toEqual([
      ['(anonymous)', 'a.js', 2000],
      ['(program)', '(program)', 1500],
      ['(garbage collector)', '(garbage collector)', 1000],
      ['serve', 'a.js', 500],
    ]);
    expect(kept(calls)).toMatchObject({ samples: 10, sampledUs: 5000 });
  });

  it('gives native functions to the JavaScript that called them', () => {
    const calls = [
      {
        name: 'addCACerts',
        url: 'node:internal/tls/secure-context',
        calls: [{ name: 'addCACert', samples: 2 }],
      },
    ];
    expect(selfs(calls)[0]).toEqual(['addCACert', 'node:tls', 1000]);
  });

  it('is one function for all ways to it and all processes, on the line that took most', () => {
    const of = (line: number, samples: number): Sampled => ({
      ...{ name: 'f', url: '/home/me/a.js', line, samples },
    });
    const [f] = kept(
      [of(3, 1), { name: 'g', url: '/home/me/a.js', calls: [of(9, 4)] }],
      [of(3, 2)],
    ).functions;
    expect(f).toMatchObject({ name: 'f', line: 9, selfUs: 3500 });
  });

  it('adds up to the whole twice, however much is left out', () => {
    const many = Array.from({ length: 900 }, (_, n) => ({
      ...{ name: `f${n}`, url: `/home/me/${n}.js`, samples: 1 + (n % 3) },
      calls: [{ name: 'inner', url: '/home/me/i.js', samples: 1 }],
    }));
    const { functions, nodes, sampledUs } = kept(many);
    expect(functions.at(-1)?.origin.kind).toBe('rest');
    expect(functions.reduce((sum, { selfUs }) => sum + selfUs, 0)).toBe(sampledUs);
    expect(nodes.reduce((sum, [, , selfUs]) => sum + selfUs, 0)).toBe(sampledUs);
    expect(
      nodes.every(([of, parent], place) => functions[of] !== undefined && parent < place),
    ).toBe(true);
    expect(JSON.stringify({ functions, nodes }).length).toBeLessThan(30_000);
  });

  it('has names and files that are cut, and no path of the machine', () => {
    const long = 'x'.repeat(5_000);
    const text = JSON.stringify(kept([{ name: long, url: `/etc/secret/${long}.js`, samples: 1 }]));
    expect(text).not.toContain('secret');
    expect(text.length).toBeLessThan(1_000);
  });
});

describe('a file that is no profile', () => {
  it.each([
    ['', /JSON/],
    ['null', /no nodes/],
    ['{"nodes":[],"samples":[1],"timeDeltas":["x","y"]}', /a time is none/],
  ])('%s', (text, why) => {
    expect(() => parseCpuProfile(text, 500)).toThrow(why);
  });

  it('with a loop ends all the same', () => {
    const callFrame = { functionName: 'f', url: '', lineNumber: -1 };
    const nodes = [
      { id: 1, callFrame, children: [2] },
      { id: 2, callFrame, children: [1, 2] },
    ];
    const text = JSON.stringify({ nodes, samples: [2], timeDeltas: [0] });
    expect(parseCpuProfile(text, 500).nodes).toHaveLength(2);
  });

  it('counts no time in which the machine stood still', () => {
    const callFrame = { functionName: 'f', url: '', lineNumber: -1 };
    const nodes = [{ id: 1, callFrame }];
    const text = JSON.stringify({ nodes, samples: [1, 1], timeDeltas: [0, 9e9] });
    expect(parseCpuProfile(text, 500).nodes[0]?.selfUs).toBe(20 * 500 + 500);
  });
});
