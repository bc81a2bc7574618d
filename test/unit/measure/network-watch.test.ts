import { describe, expect, it } from 'vitest';
import { inSeconds } from '../../../src/measure/network-watch.ts';
import { eachFigure, type NetworkSpan } from '../../../src/model/network.ts';

const slice = (ms: number, opened: number | null, timeWait: number): NetworkSpan => ({
  ms,
  ...eachFigure<number | null>(
    () => 0,
    () => 0,
  ),
  ...{ opened, timeWait },
});
const shown = (slices: readonly NetworkSpan[]) =>
  inSeconds(slices).map(({ ms, opened, timeWait }) => ({ ms, opened, timeWait }));
const slices = (n: number, ms: number) =>
  Array.from({ length: n }, (_, i) => slice(ms, 1, 10 + (i % 7)));

describe('slices of an arm as seconds of its own time', () => {
  it('ends a second with the slice that fills it; counts add up, of levels the most stays', () => {
    expect(shown(slices(200, 15))).toEqual([
      ...[67, 67, 66].map((opened) => ({ ms: 15 * opened, opened, timeWait: 16 })),
    ]);
  });

  it('gives a short rest to the last second, and a long one a place of its own', () => {
    expect(shown([slice(1_000, 5, 1), slice(499, 3, 9)])).toEqual([
      { ms: 1_499, opened: 8, timeWait: 9 },
    ]);
    expect(shown([slice(1_000, 5, 1), slice(500, 3, 9)])).toHaveLength(2);
    expect(shown([slice(20, 3, 9)])).toEqual([{ ms: 20, opened: 3, timeWait: 9 }]);
  });

  it('does not cut a slice that lasts longer', () => {
    expect(shown([slice(5_000, 50, 1), slice(5_000, 60, 2)]).map(({ ms }) => ms)).toEqual([
      5_000, 5_000,
    ]);
  });

  it('knows nothing of a second in which something was not told', () => {
    expect(shown([slice(500, 1, 1), slice(500, null, 1)])[0]?.opened).toBeNull();
    expect(inSeconds([])).toEqual([]);
  });
});
