import type { SliceWork } from '../model/journal.ts';
import { type ByRole, type Cell, type Measure, type Role, roles } from '../model/plan.ts';
import type { RunningArm } from './arm.ts';
import { calibrate } from './calibrate.ts';
import { pausedSliceMs, planPausing, warmUpPaused } from './pausing.ts';
import type { MeasuredSlice, Work } from './slice.ts';
import { type Warm, warmUp } from './warmup.ts';

export interface SlicePlan {
  readonly warm: Warm;
  readonly work: SliceWork;
  readonly blocks: number;
}

/** Warms both arms up and decides what a slice holds and how many blocks there are, before the first that is measured. */
export async function planSlices(
  arms: ByRole<RunningArm>,
  run: (role: Role, work: Work) => Promise<MeasuredSlice>,
  options: { readonly cell: Cell; readonly measure: Measure; readonly now: () => number },
): Promise<SlicePlan> {
  const { cell, measure, now } = options;
  const { sliceTimeMs, warmupMs: capMs } = measure;
  const [baseline, candidate] = [arms.baseline.client, arms.candidate.client];
  if (baseline.kind === 'paused' && candidate.kind === 'paused') {
    const warm = await warmUpPaused((role, ms) => run(role, { kind: 'time', ms }), { capMs, now });
    // One after the other, with warm targets, while both programs that are measured rest.
    const p90Ms = { baseline: await baseline.probe(), candidate: await candidate.probe() };
    const planned = planPausing(p90Ms, sliceTimeMs);
    // Both have rested for as long as the probes took: back to the rhythm before anything counts.
    for (const role of roles) await run(role, workOf(planned.work, 0));
    return { warm, ...planned };
  }
  const slots = slotsOf(cell);
  const warm = await warmUp((role, requests) => run(role, { kind: 'requests', requests }), {
    ...{ slots, capMs, now },
  });
  const { msPerRequest } = warm;
  const { requests, blocks } = calibrate({ slots, msPerRequest, sliceTimeMs });
  return { warm, work: { kind: 'requests', requests }, blocks };
}

export const workOf = (work: SliceWork, block: number): Work =>
  work.kind === 'time' ? { kind: 'time', ms: pausedSliceMs(work, block) } : work;

/** Both arms carry the same load; where an axis made them differ, the larger counts. */
const slotsOf = (cell: Cell): number =>
  Math.max(
    ...roles.map((role) => {
      const { load } = cell.arms[role].scenario;
      return load.model === 'closed' ? load.connections * cell.arms[role].client.workers : 1;
    }),
  );
