import { describe, expect, it } from 'vitest';
import { mixOf } from '../../../src/worker/mix.ts';

describe('a weighted mix', () => {
  it.each([
    [[1], [0]],
    [
      [1, 1, 1],
      [0, 1, 2],
    ],
    [
      [3, 1],
      [0, 0, 1, 0],
    ],
    // The example of the commit that brought it to nginx.
    [
      [5, 1, 1],
      [0, 0, 1, 0, 2, 0, 0],
    ],
  ])('%j is sent as %j', (weights, turns) => {
    expect(mixOf(weights)).toEqual(turns);
  });

  it('is as short as it can be', () => {
    expect(mixOf([700, 250, 50])).toHaveLength(20);
  });
});
