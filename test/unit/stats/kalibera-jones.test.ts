import { describe, expect, it } from 'vitest';
import { blocksPerLaunch, scatterOf } from '../../../src/stats/kalibera-jones.ts';
import { randomFrom } from '../../../src/stats/random.ts';
import { normal } from '../../support/normal.ts';

describe('the scatter of blocks and launches', () => {
  it('is that of a layout worked by hand', () => {
    // Means 2 and 6, variance between them 8; within each launch 1; 8 − 1 × (1 ⁄ 3) is left.
    const { block, launch } = scatterOf([
      [1, 2, 3],
      [5, 6, 7],
    ]);
    expect(block).toBeCloseTo(1, 12);
    expect(launch).toBeCloseTo(8 - 1 / 3, 12);
  });

  it('finds what was put in, in layouts that are not balanced', () => {
    const random = randomFrom('scatter');
    const launches = Array.from({ length: 4_000 }, (_, i) => {
      const own = 0.5 * normal(random);
      return Array.from({ length: 4 + (i % 20) }, () => own + 2 * normal(random));
    });
    const { block, launch } = scatterOf(launches);
    expect(block).toBeCloseTo(4, 0);
    expect(launch / 0.25).toBeGreaterThan(0.6);
    expect(launch / 0.25).toBeLessThan(1.4);
  });

  it('of launches is nothing where blocks explain it all', () => {
    expect(
      scatterOf([
        [0, 4],
        [4, 0],
        [1, 3],
      ]).launch,
    ).toBe(0);
  });
});

describe('blocks per launch', () => {
  it('are what the worked example of shared/reference/detection.md 4.2 has', () => {
    // A launch of 3 s, a block of 1.3 s, 4.5 % and 1.1 %: about 6.
    const k = blocksPerLaunch({ block: 0.045 ** 2, launch: 0.011 ** 2 }, { launch: 3, block: 1.3 });
    expect(Math.round(k)).toBe(6);
  });

  it('make variance times cost the least that there is', () => {
    const scatter = { block: 9, launch: 0.04 };
    const cost = { launch: 800, block: 20 };
    const priceOf = (k: number): number =>
      (cost.launch + k * cost.block) * (scatter.launch + scatter.block / k);
    const best = blocksPerLaunch(scatter, cost);
    expect(priceOf(best)).toBeLessThan(priceOf(best * 1.05));
    expect(priceOf(best)).toBeLessThan(priceOf(best / 1.05));
  });

  it('are without end where launches do not scatter, and one where blocks do not', () => {
    expect(blocksPerLaunch({ block: 1, launch: 0 }, { launch: 1, block: 1 })).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(blocksPerLaunch({ block: 0, launch: 0 }, { launch: 1, block: 1 })).toBe(1);
  });
});
