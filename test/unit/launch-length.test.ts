import { describe, expect, it } from 'vitest';
import { launchLength } from '../../src/analysis/launch-length.ts';
import { Pace } from '../../src/campaign/pace.ts';
import type { JournalRow } from '../../src/model/journal.ts';
import { randomFrom } from '../../src/stats/random.ts';
import { plan } from '../fixtures/matrix/planned.ts';
import { normal } from '../support/normal.ts';

const of = plan('axes: { version: { v1: {}, v2: {} } }\nmeasure: { sliceTime: 2s }');
const [cell] = of.cells;
const blockMs = 40;

/** Rows of launches with a second beside their slices, whose log ratios scatter by block and by launch. */
function rows(scatter: { block: number; launch: number }, swapped = false): JournalRow[] {
  const random = randomFrom('lengths', scatter.block, scatter.launch);
  return Array.from({ length: 6 }, (_, i) => {
    const launch = i + 1;
    const own = scatter.launch * normal(random);
    const blocks = 50;
    const slices = Array.from({ length: blocks }, (_, block) => {
      const ratio = Math.exp(own + scatter.block * normal(random));
      return (['baseline', 'candidate'] as const).map((role) => ({
        ...{ kind: 'slice', launch, cell: cell.id, block, worker: 0, requests: 100 },
        role: swapped === (role === 'baseline') ? 'candidate' : 'baseline',
        clientCpuUs: 1000 * (role === 'candidate' ? ratio : 1),
        wallUs: (blockMs / 2) * 1000,
      }));
    }).flat();
    return [
      { kind: 'launch', launch, cell: cell.id, blocks, startedMs: 0 },
      ...slices,
      { kind: 'finish', launch, cell: cell.id, endedMs: 1_000 + blocks * blockMs },
    ] as unknown as JournalRow[];
  }).flat();
}
const anyRoom = Number.POSITIVE_INFINITY;

describe('the length of the launches that are still to come', () => {
  it('is longer where blocks scatter and launches do not, up to double', () => {
    expect(launchLength(cell, of, rows({ block: 0.2, launch: 0 }), anyRoom)).toBe(4_000);
  });

  it('is shorter where launches scatter, down to half', () => {
    expect(launchLength(cell, of, rows({ block: 0.01, launch: 0.2 }), anyRoom)).toBe(1_000);
  });

  it('is what the formula says in between', () => {
    // √(1000 ⁄ 40) × 0.1 ⁄ 0.0125 = 40 blocks of 40 ms; the variances of six launches are known to within a factor.
    const ms = launchLength(cell, of, rows({ block: 0.1, launch: 0.0125 }), anyRoom);
    expect(ms).toBeGreaterThan(1_000);
    expect(ms).toBeLessThan(4_000);
  });

  it('does not outgrow the budget', () => {
    expect(launchLength(cell, of, rows({ block: 0.2, launch: 0 }), 3_500)).toBe(2_500);
    expect(launchLength(cell, of, rows({ block: 0.2, launch: 0 }), 100)).toBe(2_000);
  });

  it('does not ask which arm is which', () => {
    const scatter = { block: 0.1, launch: 0.0125 };
    const [as, swapped] = [false, true].map((by) =>
      launchLength(cell, of, rows(scatter, by), anyRoom),
    );
    expect(swapped).toBe(as);
  });

  it('stays as planned where two launches tell nothing', () => {
    const few = rows({ block: 0.2, launch: 0 }).filter((row) => 'launch' in row && row.launch < 3);
    expect(launchLength(cell, of, few, anyRoom)).toBe(2_000);
  });
});

describe('the pace of a campaign', () => {
  it('follows what a look says of a cell, and knows what a round costs', () => {
    const pace = new Pace(of.measure);
    expect(pace.measureOf(cell).sliceTimeMs).toBe(2_000);
    pace.ran(cell, 3_200);
    expect(pace.roundMs([cell])).toBe(3_200);
    pace.follow({
      kind: 'look',
      launches: 6,
      decided: [],
      next: [{ cell: cell.id, sliceTimeMs: 4_000 }],
    });
    expect(pace.measureOf(cell)).toEqual({ ...of.measure, sliceTimeMs: 4_000 });
    expect(pace.roundMs([cell])).toBe(5_200);
  });
});
