import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/stats/holm.ts';
import { meanInterval, oneSampleT } from '../../src/stats/interval.ts';

const p = fc.double({ min: 0, max: 1, noNaN: true });
/** Small values often, so that several ranks are rejected before one fails. */
const ps = fc.array(
  fc.oneof(
    p,
    p.map((x) => x ** 4),
  ),
  { maxLength: 30 },
);
const alpha = fc.constantFrom(0.01, 0.05, 0.1);

describe('holm', () => {
  it('gives an interval that leaves out 0 exactly where the verdict is a change', () => {
    // Launches around a change of their own per comparison: some clear, some not, some none.
    const cell = fc
      .tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.integer({ min: 3, max: 10 }))
      .chain(([change, n]) =>
        fc.array(
          fc.double({ min: -1, max: 1, noNaN: true }).map((noise) => change + noise),
          { minLength: n, maxLength: n },
        ),
      );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), alpha, (cells, at) => {
        const tests = cells.map((launches) => oneSampleT(launches).p);
        for (const [i, { adjusted, divisor }] of holm(tests, at).entries()) {
          // On the border itself rounding decides.
          fc.pre(Math.abs((tests[i] ?? 0) - at / divisor) > 1e-12);
          const { low, high } = meanInterval(cells[i] ?? [], 1 - at / divisor);
          expect(low > 0 || high < 0).toBe(adjusted < at);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never lets p below its share and verdict part', () => {
    fc.assert(
      fc.property(ps, alpha, (values, at) => {
        for (const [i, { adjusted, divisor }] of holm(values, at).entries()) {
          const value = values[i] ?? Number.NaN;
          fc.pre(Math.abs(value * divisor - at) > 1e-12);
          expect(value < at / divisor).toBe(adjusted < at);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is monotone in p, at least p, at most Bonferroni', () => {
    fc.assert(
      fc.property(ps, alpha, (values, at) => {
        const result = holm(values, at).map(({ adjusted }, i) => ({ p: values[i] ?? 0, adjusted }));
        result.sort((a, b) => a.p - b.p);
        let before = 0;
        for (const row of result) {
          expect(row.adjusted).toBeGreaterThanOrEqual(before);
          expect(row.adjusted).toBeGreaterThanOrEqual(row.p);
          expect(row.adjusted).toBeLessThanOrEqual(Math.min(1, row.p * values.length));
          before = row.adjusted;
        }
      }),
    );
  });

  it('does not care in which order the comparisons come', () => {
    const different = fc.uniqueArray(p, { maxLength: 20 });
    fc.assert(
      fc.property(different, alpha, (values, at) => {
        expect(holm([...values].reverse(), at).reverse()).toEqual(holm(values, at));
      }),
    );
  });

  it('rejects no less when another comparison becomes clearer', () => {
    const pair = fc.array(p, { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(pair, alpha, ([first = 1, ...rest], at) => {
        const before = holm([first, ...rest], at).slice(1);
        const after = holm([first / 10, ...rest], at).slice(1);
        for (const [i, { adjusted }] of after.entries()) {
          expect(adjusted).toBeLessThanOrEqual(before[i]?.adjusted ?? 0);
        }
      }),
    );
  });
});
