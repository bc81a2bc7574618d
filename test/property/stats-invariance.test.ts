import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equivalenceP } from '../../src/stats/equivalence.ts';
import { meanInterval, oneSampleT } from '../../src/stats/interval.ts';
import { randomFrom, shuffled } from '../../src/stats/random.ts';
import { signFlipP } from '../../src/stats/signflip.ts';
import { tCdf, tQuantile } from '../../src/stats/student.ts';
import { trends } from '../../src/stats/trend.ts';
import { trimmedMean } from '../../src/stats/trimmed.ts';

/** Log ratios in steps of a millionth: large enough that shifting by one cannot swallow them. */
const ratio = fc.integer({ min: -500_000, max: 500_000 }).map((n) => n / 1e6);
const launches = fc.array(ratio, { minLength: 2, maxLength: 12 });
const level = fc.double({ min: 0.5, max: 0.9999, noNaN: true });
const factor = fc.double({ min: 0.01, max: 100, noNaN: true });

const negated = (sample: readonly number[]) => sample.map((x) => -x);
const close = (actual: number, expected: number, scale = 1) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
    1e-9 * Math.max(scale, Math.abs(expected)),
  );

describe('swapping baseline and candidate', () => {
  it('mirrors the interval and keeps p', () => {
    fc.assert(
      fc.property(launches, level, (sample, at) => {
        const one = meanInterval(sample, at);
        const other = meanInterval(negated(sample), at);
        close(other.mean, -one.mean);
        close(other.low, -one.high);
        close(other.high, -one.low);
        close(oneSampleT(negated(sample)).p, oneSampleT(sample).p);
      }),
    );
  });

  it('keeps equivalence, with the limits mirrored', () => {
    fc.assert(
      fc.property(launches, ratio, ratio, (sample, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        close(equivalenceP(negated(sample), -high, -low), equivalenceP(sample, low, high));
      }),
    );
  });

  it('keeps the sign-flip p, as does any order of the launches', () => {
    const small = fc.array(ratio, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(small, fc.integer(), (sample, seed) => {
        const p = signFlipP(sample, randomFrom(0));
        expect(signFlipP(negated(sample), randomFrom(0))).toBe(p);
        expect(signFlipP(shuffled(sample, randomFrom(seed)), randomFrom(0))).toBe(p);
      }),
    );
  });
});

describe('another unit, another zero', () => {
  it('scales and shifts the interval with the sample', () => {
    fc.assert(
      fc.property(launches, level, factor, ratio, (sample, at, by, shift) => {
        const one = meanInterval(sample, at);
        const other = meanInterval(
          sample.map((x) => x * by + shift),
          at,
        );
        const size = Math.max(1, Math.abs(one.low * by), Math.abs(one.high * by));
        close(other.low, one.low * by + shift, size);
        close(other.high, one.high * by + shift, size);
        close(other.sd, one.sd * by, size);
      }),
    );
  });

  it('leaves the p of a t test where it was', () => {
    fc.assert(
      fc.property(launches, factor, (sample, by) => {
        const p = oneSampleT(sample, 0.01).p;
        const scaled = sample.map((x) => x * by);
        expect(Math.abs(oneSampleT(scaled, 0.01 * by).p - p)).toBeLessThan(1e-6);
      }),
    );
  });

  it('does not make a trend, nor does looking at it backwards', () => {
    const slice = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(fc.array(slice, { minLength: 4, maxLength: 8 }), (values) => {
        const found = trends(values, 0.0137);
        // Powers of two scale without rounding.
        for (const by of [0.25, 8])
          expect(
            trends(
              values.map((x) => x * by),
              0.0137,
            ),
          ).toBe(found);
        expect(trends([...values].reverse(), 0.0137)).toBe(found);
      }),
    );
  });
});

describe('interval and test', () => {
  it('say the same of 0, at every level', () => {
    fc.assert(
      fc.property(launches, level, (sample, at) => {
        const { low, high } = meanInterval(sample, at);
        const { p } = oneSampleT(sample);
        // On the border itself rounding decides.
        fc.pre(Math.abs(p - (1 - at)) > 1e-12);
        expect(low > 0 || high < 0).toBe(p < 1 - at);
      }),
      { numRuns: 500 },
    );
  });

  it('say the same of equivalence: p below alpha, interval at 1 − 2 alpha inside', () => {
    const alpha = fc.double({ min: 0.001, max: 0.4, noNaN: true });
    fc.assert(
      fc.property(launches, ratio, ratio, alpha, (sample, a, b, at) => {
        const [lower, upper] = [Math.min(a, b), Math.max(a, b)];
        const p = equivalenceP(sample, lower, upper);
        const { low, high } = meanInterval(sample, 1 - 2 * at);
        fc.pre(Math.abs(p - at) > 1e-12);
        expect(lower < low && high < upper).toBe(p < at);
      }),
      { numRuns: 500 },
    );
  });
});

describe("Student's t", () => {
  it('has a quantile that undoes the distribution', () => {
    const p = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    const df = fc.double({ min: 1, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(p, df, (probability, freedom) => {
        expect(Math.abs(tCdf(tQuantile(probability, freedom), freedom) - probability)).toBeLessThan(
          1e-10,
        );
      }),
    );
  });

  it('rises with t and is symmetric', () => {
    const t = fc.double({ min: -50, max: 50, noNaN: true });
    const df = fc.double({ min: 1, max: 1000, noNaN: true });
    fc.assert(
      fc.property(t, t, df, (a, b, freedom) => {
        const [lower, upper] = [Math.min(a, b), Math.max(a, b)];
        expect(tCdf(lower, freedom)).toBeLessThanOrEqual(tCdf(upper, freedom) + 1e-14);
        expect(Math.abs(tCdf(a, freedom) + tCdf(-a, freedom) - 1)).toBeLessThan(1e-14);
      }),
    );
  });
});

describe('order', () => {
  it('is all that shuffling changes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const order = shuffled(items, randomFrom(seed));
        const ascending = (a: number, b: number) => a - b;
        expect([...order].sort(ascending)).toEqual([...items].sort(ascending));
      }),
    );
  });

  it('does not matter to a trimmed mean, which one wild value cannot move beyond the others', () => {
    const values = fc.array(ratio, { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.double({ noNaN: true, min: -1e9, max: 1e9 }), (sample, wild) => {
        close(trimmedMean([...sample].reverse()), trimmedMean(sample));
        const trimmed = trimmedMean([...sample, wild]);
        expect(trimmed).toBeGreaterThanOrEqual(Math.min(...sample) - 1e-12);
        expect(trimmed).toBeLessThanOrEqual(Math.max(...sample) + 1e-12);
      }),
    );
  });
});
