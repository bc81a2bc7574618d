import { describe, expect, it } from 'vitest';
import type { ArmTotals } from '../../src/analysis/arm-totals.ts';
import { imbalanced, imbalanceOf } from '../../src/analysis/imbalance.ts';

const launch = (...requests: readonly number[]): ArmTotals => {
  const workers = requests.map((n) => ({ undisturbed: { requests: n, wallUs: 1e6 } }));
  return { workers } as unknown as ArmTotals;
};

describe('imbalance of workers', () => {
  it('is the gap between fastest and slowest over their mean, launch by launch', () => {
    expect(imbalanceOf([launch(90, 110, 100), launch(100, 100, 100)])).toEqual({
      mean: 0.1,
      range: [0, 0.2],
    });
  });

  it('is nothing with one worker, or where only one of them did anything', () => {
    expect(imbalanceOf([launch(90)])).toBeNull();
    expect(imbalanceOf([launch(90, 0)])).toBeNull();
    expect(imbalanceOf([])).toBeNull();
  });

  it('warns of the arm in which it is large', () => {
    const even = { mean: 0.05, range: [0, 0.1] } as const;
    expect(imbalanced({ baseline: even, candidate: null })).toBeNull();
    const warning = imbalanced({ baseline: even, candidate: { mean: 0.31, range: [0.2, 0.4] } });
    expect(warning?.message).toContain('31 % in the candidate');
    expect(warning?.message).not.toContain('baseline');
  });
});
