import { describe, expect, test } from 'vitest';
import { plannedCost } from '../../../src/matrix/budget.ts';
import { cellNamed, ids, plan, refusal } from '../../fixtures/matrix/planned.ts';

const three = `
axes:
  version:
    v1: { client: { runtime: node@16 } }
    v2: { client: { runtime: node@20 } }
    v3: { client: { runtime: node@24 } }
  tls: { none: {}, '1.3': { connection: { tls: '1.3' } } }
  reuse: { keep: { connection: { reuse: keep-alive } }, close: { connection: { reuse: close } } }
exclude: [{ tls: '1.3', reuse: keep }]
`;
const several = (candidate: string, more: Parameters<typeof plan>[1] = {}, text = three) =>
  plan(text, { candidate, ...more });

describe('several candidates', () => {
  test('have cells of their own, and span them like a first axis', () => {
    const of = several('v3,v2');
    expect(of.compare).toMatchObject({ baseline: 'v1', candidates: ['v3', 'v2'], side: 'client' });
    expect(of.axes.map(({ name, variants }) => [name, ...variants])).toEqual([
      ['version', 'v3', 'v2'],
      ['tls', 'none', '1.3'],
      ['reuse', 'keep', 'close'],
    ]);
    expect(ids(of)).toEqual([
      'version=v3,tls=none,reuse=keep',
      'version=v3,tls=none,reuse=close',
      'version=v3,tls=1.3,reuse=close',
      'version=v2,tls=none,reuse=keep',
      'version=v2,tls=none,reuse=close',
      'version=v2,tls=1.3,reuse=close',
    ]);
    const { arms, candidate, variants } = cellNamed(of, 'version=v2,tls=1.3,reuse=close');
    expect(candidate).toBe('v2');
    expect(Object.entries(variants)).toEqual([
      ['version', 'v2'],
      ['tls', '1.3'],
      ['reuse', 'close'],
    ]);
    expect(arms).toMatchObject({
      baseline: { client: { runtime: { version: '16' } }, connection: { tls: '1.3' } },
      candidate: { client: { runtime: { version: '20' } }, connection: { tls: '1.3' } },
    });
  });

  test('each have the arms that they would have alone', () => {
    const arms = (of: ReturnType<typeof plan>) => of.cells.map((cell) => cell.arms);
    expect(arms(several('v2, v3'))).toEqual([...arms(several('v2')), ...arms(several('v3'))]);
    expect(ids(several('v2'))[0]).toBe('tls=none,reuse=keep');
    expect(several('v2').axes.map(({ name }) => name)).toEqual(['tls', 'reuse']);
  });

  test('are the only axis where there is no other', () => {
    const of = plan('description: none', { baseline: 'node@16', candidate: 'node@20,node@22' });
    expect(ids(of)).toEqual(['version=node@20', 'version=node@22']);
  });

  test('share the time of the run', () => {
    const cost = (candidate: string) => plannedCost(several(candidate, { launches: 8 })).launches;
    expect([cost('v2').most, cost('v2,v3').most]).toEqual([24, 48]);
    const most = plannedCost(several('v2,v3', { budgetMs: 90_000 })).ms.most;
    expect(most).toBeLessThanOrEqual(90_000);
  });

  test('put under test whatever any of them changes', () => {
    const text =
      'axes: {version: {v1: {}, v2: {client: {runtime: node@20}}, v3: {target: {delay: 1ms}}}}';
    const of = (candidate: string) => several(candidate, {}, text).compare;
    expect([of('v2').side, of('v3').side, of('v2,v3').side]).toEqual(['client', 'target', 'both']);
    expect(of('v2,v3').written).toEqual(['client.runtime', 'target.delay']);
  });
});

describe('a list of candidates', () => {
  const named = (candidate: string): readonly string[] => several(candidate).compare.candidates;

  test.each([
    ['v2', ['v2']],
    ['v2,v3', ['v2', 'v3']],
    [' v2 , v3 ', ['v2', 'v3']],
    ['v3,node@22,npm:undici@7.30.2', ['v3', 'node@22', 'npm:undici@7.30.2']],
    ['/opt/a/node,/opt/b/node', ['/opt/a/node', '/opt/b/node']],
    ['/opt/a,b/node', ['/opt/a,b/node']],
    ['/opt/a, b/node', ['/opt/a, b/node']],
    ['/opt/a,b,c/node,v3,./d,e', ['/opt/a,b,c/node', 'v3', './d,e']],
  ])('%s', (given, names) => {
    expect(named(given)).toEqual(names);
  });

  test.each([
    ['v2,v4', '--candidate: "v4" is neither a variant of the axis version nor'],
    ['v2,v3,v2', '--candidate: "v2" is named twice. Leave one out.'],
    [
      'v2,v1',
      '--candidate: "v1" is the baseline too. Leave it out; alone it may be compared with itself.',
    ],
    ['v2,', '--candidate: "" is neither a variant'],
    [',', '--candidate: "" is neither a variant'],
  ])('%s is refused', (candidate, words) => {
    expect(refusal(three, { candidate })).toContain(words);
  });

  test('that is long and wrong is refused at once', () => {
    const paths = Array.from({ length: 60 }, (_, i) => `/opt/${i}/node`);
    expect(named(paths.join(','))).toHaveLength(60);
    expect(refusal(three, { candidate: ['v9', ...paths].join(',') })).toContain('"v9" is neither');
  });
});

describe('--only of several candidates', () => {
  test('names one of them like a variant', () => {
    const of = several('v2,v3', { only: ['version=v3,reuse=close'] });
    expect(ids(of)).toEqual(['version=v3,tls=none,reuse=close', 'version=v3,tls=1.3,reuse=close']);
    expect(of.compare.candidates).toEqual(['v3']);
    expect(of.axes[0]).toEqual({ name: 'version', variants: ['v3'] });
  });

  test('leaves all of them where it names none', () => {
    expect(ids(several('v2,v3', { only: ['tls=1.3'] }))).toEqual([
      'version=v2,tls=1.3,reuse=close',
      'version=v3,tls=1.3,reuse=close',
    ]);
  });

  test('knows no baseline, and of one candidate no version', () => {
    expect(refusal(three, { candidate: 'v2,v3', only: ['version=v1'] })).toBe(
      '--only: "v1" is not a variant of the axis version. Did you mean "v2"?',
    );
    expect(refusal(three, { only: ['version=v2'] })).toContain('version is the compare axis');
  });
});
