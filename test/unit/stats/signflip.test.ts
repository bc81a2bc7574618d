import { describe, expect, it } from 'vitest';
import { oneSampleT } from '../../../src/stats/interval.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { signFlipP } from '../../../src/stats/signflip.ts';
import { normals, share } from '../../support/normal.ts';

const unused = () => {
  throw new Error('an exact test draws nothing');
};

describe('signFlipP', () => {
  it('equals a hand-worked example', () => {
    // |±1 ±2 ±3| of 1 2 −3 is 0: all eight are as far from 0. Of 1 2 3 it is 6: two of eight.
    // Of −1 2 3 it is 4: +++ 6, −++ 4, and their mirrors; the others are 0 and 2.
    expect(signFlipP([1, 2, -3], unused)).toBe(1);
    expect(signFlipP([1, 2, 3], unused)).toBe(0.25);
    expect(signFlipP([-1, 2, 3], unused)).toBe(0.5);
  });

  it('can never be below 2 / 2ⁿ', () => {
    expect(signFlipP([5, 5, 5, 5, 5], unused)).toBe(2 / 2 ** 5);
    expect(signFlipP(new Array<number>(16).fill(0.01), unused)).toBe(2 / 2 ** 16);
  });

  it('counts a tie as a tie although floating-point sums depend on their order', () => {
    // 0.1 + 0.2 − 0.3 is 5.6e-17 or 0, by the order of adding.
    expect(signFlipP([0.1, 0.2, -0.3], unused)).toBe(1);
    expect(signFlipP([-0.3, 0.2, 0.1], unused)).toBe(1);
  });

  it('is 1 where nothing differs', () => {
    expect(signFlipP([0, 0, 0], unused)).toBe(1);
    expect(signFlipP([2], unused)).toBe(1);
  });

  it('comes near the exact p where it has to draw, and never gives 0', () => {
    const sample = normals(randomFrom('sign-flip sample'), 24, 0.4);
    // For so many normal launches the t test is nearly the same.
    expect(Math.abs(signFlipP(sample, randomFrom(1)) - oneSampleT(sample).p)).toBeLessThan(0.01);
    expect(signFlipP(sample, randomFrom(1))).toBe(signFlipP(sample, randomFrom(1)));
    expect(signFlipP(new Array<number>(40).fill(1), randomFrom(1), 999)).toBe(0.001);
  });

  it('raises a false alarm in no more than 5 %, whatever the symmetric distribution', () => {
    const random = randomFrom('sign-flip A/A');
    const cubes = () => normals(random, 8).map((x) => x ** 3);
    const rate = share(3000, () => signFlipP(cubes(), unused) <= 0.05);
    // 12 of 256 signings: 4.7 %, standard error 0.4 points.
    expect(Math.abs(rate - 12 / 256)).toBeLessThan(0.012);
  });

  it.each([[[]], [[1, Number.NaN]]])('refuses %j', (sample) => {
    expect(() => signFlipP(sample, unused)).toThrow(RangeError);
  });
});
