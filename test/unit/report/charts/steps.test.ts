import { describe, expect, it } from 'vitest';
import { lineThrough, stepsOf } from '../../../../src/report/charts/steps.ts';

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
