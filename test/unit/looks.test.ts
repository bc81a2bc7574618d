import { describe, expect, it } from 'vitest';
import { looksAt } from '../../src/analysis/looks.ts';
import type { JournalRow, LookRow } from '../../src/model/journal.ts';

const look = (launches: number, ...decided: LookRow['decided']): JournalRow => ({
  kind: 'look',
  launches,
  decided,
  next: [],
});
const decided = (cell: string) => ({ cell, why: 'decided' as const });
const futile = (cell: string) => ({ cell, why: 'futile' as const });

describe('the looks that were taken at a cell', () => {
  it('end with the one that decided it, which may spend no more than its share', () => {
    const rows = [look(6), look(8, decided('a')), look(10, decided('b'))];
    expect(looksAt('a', 8, 16, rows)).toEqual({ launches: [6, 8], most: 16, final: false });
    expect(looksAt('b', 10, 16, rows)).toEqual({ launches: [6, 8, 10], most: 16, final: false });
  });

  it('end with all that is left to be spent where the budget ended them', () => {
    expect(looksAt('a', 9, 16, [look(6), look(8)])).toEqual({
      launches: [6, 8, 9],
      most: 16,
      final: true,
    });
  });

  it('spend all that is left where nothing was near to being proven', () => {
    expect(looksAt('a', 8, 16, [look(6), look(8, futile('a'))]).final).toBe(true);
  });

  it('are one where the run was planned so, or ended before the first', () => {
    expect(looksAt('a', 8, 8, [])).toEqual({ launches: [8], most: 8, final: true });
    expect(looksAt('a', 3, 16, [])).toEqual({ launches: [3], most: 16, final: true });
  });

  it('leave out those that a cell did not live to see', () => {
    expect(looksAt('a', 7, 16, [look(6), look(8)]).launches).toEqual([6, 7]);
  });
});
