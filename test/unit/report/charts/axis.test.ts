import { describe, expect, it } from 'vitest';
import { axisFor } from '../../../../src/report/charts/axis.ts';

describe('axisFor', () => {
  it('is linear for small changes', () => {
    const axis = axisFor([-0.03, 0.03], 0.08);
    expect(axis.kind).toBe('linear');
    expect(axis.at(0.01) - axis.at(0)).toBeCloseTo(axis.at(0.02) - axis.at(0.01), 10);
  });

  it('keeps 1 % apart from nothing beside +250 %', () => {
    const axis = axisFor([-0.02, 0.01, 2.5], 0.08);
    expect(axis.kind).toBe('symmetric logarithmic');
    expect(axis.at(0.01) - axis.at(0)).toBeGreaterThan(0.08);
    expect(axis.at(2.5)).toBeLessThan(1);
  });

  it('is symmetric about nothing', () => {
    const axis = axisFor([-1, 1], 0.05);
    expect(axis.at(0)).toBeCloseTo(0.5, 10);
    expect(axis.at(0.2) - 0.5).toBeCloseTo(0.5 - axis.at(-0.2), 10);
  });

  it('rises, stays within 0 and 1, and keeps its labels apart', () => {
    for (const values of [
      [0.001],
      [-0.2, 0.05],
      [-0.5, 9],
      [0],
      [],
      [Number.POSITIVE_INFINITY, -1],
    ]) {
      const axis = axisFor(values, 0.1);
      const places = axis.ticks.map(({ value }) => axis.at(value));
      expect(axis.ticks.map(({ label }) => label)).toContain('0');
      for (const [i, place] of places.entries()) {
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(1);
        if (i > 0) expect(place - (places[i - 1] ?? 0)).toBeGreaterThanOrEqual(0.1);
      }
      for (const value of values) expect(axis.at(value)).toBeGreaterThanOrEqual(0);
    }
  });

  it('labels both sides with sizes: which side is worse is said beside it', () => {
    const labels = axisFor([-0.5, 0.5], 0.05).ticks.map(({ label }) => label);
    expect(labels.join()).not.toMatch(/[−+-]/);
    expect(labels).toEqual([...labels].reverse());
  });
});
