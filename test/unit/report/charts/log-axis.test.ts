import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logAxis } from '../../../../src/report/charts/log-axis.ts';

const positive = fc.double({ min: 1e-3, max: 1e8, noNaN: true });

describe('a logarithmic axis', () => {
  it('keeps values in order and inside, and its labels apart', () => {
    fc.assert(
      fc.property(fc.array(positive, { minLength: 1 }), (values) => {
        const axis = logAxis(values);
        const sorted = [...values].sort((a, b) => a - b).map(axis.at);
        for (const [i, at] of sorted.entries()) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(1);
          expect(at).toBeGreaterThanOrEqual(sorted[i - 1] ?? 0);
        }
        for (const [i, tick] of axis.ticks.entries())
          if (i > 0)
            expect(axis.at(tick) - axis.at(axis.ticks[i - 1] ?? 0)).toBeGreaterThanOrEqual(0.19);
      }),
    );
  });

  it('labels a decade by 1, 2 and 5', () => {
    expect(logAxis([1000, 9000]).ticks).toEqual([1000, 2000, 5000, 10_000]);
  });
});
