import { mean, sampleCorrelation } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { coin, type Random, randomFrom, sfc32, shuffled } from '../../../src/stats/random.ts';

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random());

/** Σ (observed − expected)² / expected. */
const chiSquare = (counts: readonly number[], expected: number) =>
  counts.reduce((total, count) => total + (count - expected) ** 2 / expected, 0);

describe('sfc32', () => {
  it('gives the published first number of the zero seed', () => {
    // https://docs.rs/sfc-prng, struct Sfc32: from_seed([0; 12]).next_u32()
    expect(sfc32(0, 0, 0)() * 2 ** 32).toBe(0xfb52c520);
  });

  it('fills [0, 1) evenly', () => {
    const counts = new Array<number>(100).fill(0);
    for (const u of draw(sfc32(1, 2, 3), 100_000)) {
      const bin = Math.floor(u * 100);
      counts[bin] = (counts[bin] ?? Number.NaN) + 1;
    }
    expect(counts).toHaveLength(100);
    // 99.9 % point of chi-square with 99 degrees of freedom.
    expect(chiSquare(counts, 1000)).toBeLessThan(148.2);
  });
});

describe('randomFrom', () => {
  it('gives the same stream for the same parts', () => {
    expect(draw(randomFrom(7, 'tls=1.3', 4), 50)).toEqual(draw(randomFrom(7, 'tls=1.3', 4), 50));
  });

  it('keeps its stream from release to release, or stored runs could not be resumed', () => {
    expect(draw(randomFrom(1, 'all', 1), 3).map((u) => u * 2 ** 32)).toEqual([
      2857123863, 1066817687, 4159903734,
    ]);
  });

  it('tells where one part ends, and a number from its digits', () => {
    const first = (...parts: (string | number)[]) => randomFrom(...parts)();
    const streams = [first('a', 'bc'), first('ab', 'c'), first('abc'), first(1), first('1')];
    expect(new Set(streams).size).toBe(5);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (part) => {
    expect(() => randomFrom('seed', part)).toThrow(RangeError);
  });

  it('does not correlate neighbouring launches, nor neighbouring seeds', () => {
    const launches = Array.from({ length: 4001 }, (_, launch) => randomFrom(1, 'all', launch)());
    const seeds = Array.from({ length: 4001 }, (_, seed) => randomFrom(seed, 'all', 1)());
    for (const firsts of [launches, seeds]) {
      // A correlation of n independent pairs has an sd of 1/√n = 0.0158; three of them.
      expect(Math.abs(sampleCorrelation(firsts.slice(1), firsts.slice(0, -1)))).toBeLessThan(0.048);
      expect(Math.abs(mean(firsts) - 0.5)).toBeLessThan((3 * Math.sqrt(1 / 12)) / Math.sqrt(4001));
    }
    const [one, two] = [draw(randomFrom(1, 'all', 1), 4000), draw(randomFrom(1, 'all', 2), 4000)];
    expect(Math.abs(sampleCorrelation(one, two))).toBeLessThan(0.048);
  });
});

describe('coin', () => {
  it('is fair, and does not remember', () => {
    const random = randomFrom('coin');
    const tosses = Array.from({ length: 40_000 }, () => Number(coin(random)));
    // Three standard errors of a share: 3 × 0.5 / √40 000.
    expect(Math.abs(mean(tosses) - 0.5)).toBeLessThan(0.0075);
    expect(Math.abs(sampleCorrelation(tosses.slice(1), tosses.slice(0, -1)))).toBeLessThan(0.015);
  });
});

describe('shuffled', () => {
  it('gives each of the 24 orders of four items equally often', () => {
    const random = randomFrom('shuffle');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = shuffled(['a', 'b', 'c', 'd'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 99.9 % point of chi-square with 23 degrees of freedom.
    expect(chiSquare([...counts.values()], 1000)).toBeLessThan(49.7);
  });

  it('leaves its argument alone', () => {
    const items = [1, 2, 3, 4, 5];
    shuffled(items, randomFrom('shuffle'));
    expect(items).toEqual([1, 2, 3, 4, 5]);
  });
});
