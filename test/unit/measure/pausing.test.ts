import { describe, expect, it } from 'vitest';
import { pausedSliceMs, planPausing, warmUpPaused } from '../../../src/measure/pausing.ts';
import type { MeasuredSlice } from '../../../src/measure/slice.ts';
import type { Role } from '../../../src/model/plan.ts';
import { noCounts } from '../../../src/model/counts.ts';
import { micros } from '../../../src/model/units.ts';

describe('slices of paused clients', () => {
  it('are 20 ms and 40 ms where requests are fast', () => {
    const { work, blocks } = planPausing({ baseline: 0.4, candidate: 0.9 }, 2_400);
    expect(work.ms).toEqual([20, 40]);
    // Ten pairs of blocks: 4 × 20 ms and 4 × 40 ms each.
    expect(blocks).toBe(20);
    expect([0, 1, 2, 3].map((block) => pausedSliceMs(work, block))).toEqual([20, 40, 20, 40]);
  });

  it('are 20 times the p90 of the slower arm', () => {
    expect(planPausing({ baseline: 3, candidate: 5 }, 2_400).work.ms).toEqual([100, 200]);
  });

  it('hold two pairs of blocks however little time there is', () => {
    expect(planPausing({ baseline: 5, candidate: 5 }, 400).blocks).toBe(4);
  });

  it('are refused where the other arm would rest too long', () => {
    expect(() => planPausing({ baseline: 1, candidate: 10.5 }, 2_400)).toThrow(
      /requests take 10\.5 ms/,
    );
  });
});

describe('the warm-up of paused clients', () => {
  const slice = (requests: number, cpuUs: number): MeasuredSlice => ({
    workers: [{ wallUs: micros(40_000), cpuUs: micros(cpuUs), requests, errors: 0, counts: null }],
    targetCpuUs: micros(0),
    targetCounts: noCounts,
    wallMs: 40,
  });

  it('goes on while an arm still gets cheaper, and leaves out slices in which nothing was sent', async () => {
    let now = 0;
    const ran: Role[] = [];
    const warm = await warmUpPaused(
      async (role) => {
        now += 40;
        const round = ran.filter((of) => of === role).length;
        ran.push(role);
        return round === 0
          ? slice(0, 500)
          : slice(1_000, round < 8 ? 40_000 - 4_000 * round : 10_000);
      },
      { capMs: 10_000, now: () => now },
    );
    expect(warm.steady).toBe(true);
    expect(warm.slices).toBeGreaterThan(18);
    expect(warm.msPerRequest.baseline).toBeCloseTo(0.04, 9);
  });

  it('ends at the cap', async () => {
    let now = 0;
    const warm = await warmUpPaused(
      async () => {
        now += 40;
        return slice(1_000, 1_000_000 / now);
      },
      { capMs: 800, now: () => now },
    );
    expect(warm).toMatchObject({ steady: false, ms: 800 });
  });
});
