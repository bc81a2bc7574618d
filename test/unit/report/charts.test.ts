import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logAxis } from '../../../src/report/charts/log-axis.ts';
import { lineThrough, stepsOf } from '../../../src/report/charts/steps.ts';

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

describe('steps', () => {
  it('leave room between launches, and none within one', () => {
    const steps = stepsOf([1, 1, 2, 2]);
    expect(steps.first).toEqual([0, 2]);
    expect(steps.between).toHaveLength(1);
    const gaps = [0, 1, 2].map((i) => steps.at(i + 1) - steps.at(i));
    expect(gaps[0]).toBeCloseTo(steps.width);
    expect(gaps[1]).toBeGreaterThan(1.5 * steps.width);
    expect(gaps[2]).toBeCloseTo(steps.width);
  });

  it('a line stops at a launch and at what is missing', () => {
    const line = lineThrough(stepsOf([1, 1, 1, 2, 2]), (i) => (i === 1 ? null : 10));
    expect(line.match(/M/g)).toHaveLength(3);
    expect(line.match(/L/g)).toHaveLength(1);
  });
});
