import { describe, expect, it } from 'vitest';
import type { JudgedCell } from '../../../src/analysis/judge-matrix.ts';
import { cellsToExplain, partsOf, unprofilable } from '../../../src/analysis/profile/wish.ts';
import { profileWishFrom } from '../../../src/commands/profile-option.ts';
import type { Verdict } from '../../../src/model/report.ts';
import { profileFile } from '../../../src/store/profile-files.ts';
import { plan } from '../../fixtures/matrix/planned.ts';

const [cell] = plan('axes: { version: { v1: {}, v2: {} } }').cells;

/** As far as choosing looks at them. */
const judged = (id: string, verdict: Verdict, estimate: number): JudgedCell =>
  ({
    findings: { cell: { ...cell, id } },
    verdict,
    metrics: [{ gating: true, change: { estimate } }],
  }) as unknown as JudgedCell;

const all = [
  judged('a', 'slower', 0.01),
  judged('b', 'regression', 0.1),
  judged('c', 'improvement', -0.5),
  judged('d', 'regression', 2),
  judged('e', 'unchanged', 0),
  judged('f', 'invalid', 9),
  judged('g', 'regression', -0.6),
];
const idsOf = (wish: Parameters<typeof cellsToExplain>[1]): string =>
  cellsToExplain(all, wish)
    .map(({ id }) => id)
    .join('');

describe('which cells are explained', () => {
  it('the three that got worst, where nobody asked', () => expect(idsOf('guilty')).toBe('dgb'));
  it('all that changed', () => expect(idsOf('changed')).toBe('dgbac'));
  it('all that are valid', () => expect(idsOf('all')).toBe('dgbace'));
  it('none', () => expect(idsOf('never')).toBe(''));

  it.each([
    [undefined, 'guilty'],
    ['', 'changed'],
    ['changed', 'changed'],
    ['all', 'all'],
    [false, 'never'],
  ])('--profile %s', (given, wish) => expect(profileWishFrom(given)).toBe(wish));
});

describe('whose processes are profiled', () => {
  it('first those of the side under test', () => {
    expect(partsOf('target')).toEqual(['target', 'client']);
    expect(partsOf('both')).toEqual(['client', 'target']);
  });

  const why = (matrix: string, part: 'client' | 'target'): string | undefined => {
    const [of] = plan(`axes: { version: { v1: {}, v2: {} } }\n${matrix}`).cells;
    return unprofilable(part, of)?.reason;
  };
  it('those of programs of others are not, which is said', () => {
    expect(why('client: { engine: wrk }', 'client')).toBe('wrk is no Node process of ours');
    expect(why('client: { engine: wrk }', 'target')).toBeUndefined();
    expect(why('client: { engine: npm:undici@7.30.2 }', 'client')).toBeUndefined();
    const url = "target: { url: 'http://127.0.0.1:1' }";
    expect(why(url, 'target')).toContain('runs already');
  });
});

describe('the file of a profile', () => {
  const named = (id: string) => ({ ...cell, id });
  const place = { role: 'baseline', part: 'client', worker: 2 } as const;
  const of = (id: string, ...others: string[]): string =>
    profileFile([id, ...others].map(named), named(id), place);

  it('is named by the cell, without what a path could be made of', () => {
    expect(of('tls=1.3,reuse=close')).toBe(
      'profiles/tls=1.3,reuse=close-baseline-client-2.cpuprofile',
    );
    expect(of('a=../../x\n$(y)')).toBe('profiles/a=..-..-x-y--baseline-client-2.cpuprofile');
    expect(of('x'.repeat(999)).length).toBeLessThan(200);
  });

  it('is no other cell’s', () => {
    const cells = [named('a/b'), named('a b')];
    const names = cells.map((own) => profileFile(cells, own, place));
    expect(new Set(names).size).toBe(2);
  });
});
