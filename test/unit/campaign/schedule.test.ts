import { describe, expect, it } from 'vitest';
import { roundOf } from '../../../src/campaign/schedule.ts';
import { plan, versions } from '../../fixtures/matrix/planned.ts';

const swapsOf = (given: ReturnType<typeof plan>): boolean[] =>
  Array.from({ length: 40 }, (_, round) => roundOf(given, round, given.cells)).flatMap((launches) =>
    launches.map(({ swapped }) => swapped),
  );

describe('the folders of two arms that run the same versions', () => {
  it('are swapped in one of each two rounds, the first or the second of them by the seed', () => {
    const swaps = swapsOf(plan(versions, { candidate: 'v1' }));
    const pairs = Array.from({ length: 20 }, (_, i) => swaps.slice(2 * i, 2 * i + 2));
    for (const [first, second] of pairs) expect(second).toBe(!first);
    expect(new Set(pairs.map(([first]) => first))).toEqual(new Set([true, false]));
    expect(swapsOf(plan(versions, { candidate: 'v1' }))).toEqual(swaps);
    expect(swapsOf(plan(versions, { candidate: 'v1', seed: 2 }))).not.toEqual(swaps);
  });

  it('are never swapped where the versions differ: each arm runs its own', () => {
    expect(swapsOf(plan(versions))).not.toContain(true);
  });
});
