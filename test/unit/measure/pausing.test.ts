import { describe, expect, it } from 'vitest';
import {
  pausedSliceMs,
  planPausing,
  planWhole,
  warmUpByTime,
} from '../../../src/measure/pausing.ts';
import type { MeasuredSlice } from '../../../src/measure/slice.ts';
import type { Role } from '../../../src/model/plan.ts';
import { noCounts } from '../../../src/model/counts.ts';
import { micros } from '../../../src/model/units.ts';

describe('slices of paused clients', () => {
  it('are 20 ms and 40 ms where requests are fast', () => {
    const work = { kind: 'time', ms: [20, 40] } as const;
    // Ten pairs of blocks: 4 × 20 ms and 4 × 40 ms each.
    expect(planPausing({ baseline: 0.4, candidate: 0.9 }, 2_400)).toEqual({ work, blocks: 20 });
    expect([0, 1, 2, 3].map((block) => pausedSliceMs(work, block))).toEqual([20, 40, 20, 40]);
  });

  it('are 20 times the p90 of the slower arm', () => {
    expect(planPausing({ baseline: 3, candidate: 5 }, 2_400)?.work.ms).toEqual([100, 200]);
  });

  it('hold two pairs of blocks however little time there is', () => {
    expect(planPausing({ baseline: 5, candidate: 5 }, 400)?.blocks).toBe(4);
  });

  it('are not to be had where the other arm would rest too long', () => {
    expect(planPausing({ baseline: 1, candidate: 10.5 }, 2_400)).toBeNull();
  });
});

describe('slices that are whole runs', () => {
  it('share the time of a launch, four of them, and are long against the slower arm', () => {
    const work = { kind: 'whole', ms: 750 };
    expect(planWhole({ baseline: 1, candidate: 10.5 }, 3_000)).toEqual({ work, blocks: 1 });
    expect(planWhole({ baseline: 100, candidate: 20 }, 3_000).work.ms).toBe(2_000);
  });

  it('are refused where requests take half a second and more', () => {
    expect(() => planWhole({ baseline: 501, candidate: 1 }, 3_000)).toThrow(
      'requests take 501.0 ms (p90): each run would have to be 10020 ms long, and 10000 is the most. Use engine http, or fewer connections.',
    );
  });
});

describe('the warm-up of paused clients', () => {
  const slice = (requests: number, cpuUs: number): MeasuredSlice => ({
    workers: [{ wallUs: micros(40_000), cpuUs: micros(cpuUs), requests, errors: 0, counts: null }],
    targetCpuUs: micros(0),
    targetCounts: noCounts,
    resolver: null,
    wallMs: 40,
  });

  it('goes on while an arm still gets cheaper, and leaves out slices in which nothing was sent', async () => {
    let now = 0;
    const ran: Role[] = [];
    const warm = await warmUpByTime(
      async (role: Role) => {
        now += 40;
        const round = ran.filter((of) => of === role).length;
        ran.push(role);
        return round === 0
          ? slice(0, 500)
          : slice(1_000, round < 8 ? 40_000 - 4_000 * round : 10_000);
      },
      { sliceMs: 40, capMs: 10_000, now: () => now },
    );
    expect(warm.steady).toBe(true);
    expect(warm.slices).toBeGreaterThan(18);
    expect(warm.msPerRequest.baseline).toBeCloseTo(0.04, 9);
  });

  it('ends at the cap', async () => {
    let now = 0;
    const warm = await warmUpByTime(
      async () => {
        now += 40;
        return slice(1_000, 1_000_000 / now);
      },
      { sliceMs: 40, capMs: 800, now: () => now },
    );
    expect(warm).toMatchObject({ steady: false, ms: 800 });
  });
});
