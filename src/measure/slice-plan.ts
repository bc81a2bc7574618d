import type { PausedClient, RunningClient, WholeClient } from '../engine/engine.ts';
import type { SliceWork } from '../model/journal.ts';
import { type ByRole, type Cell, type Measure, type Role, roles } from '../model/plan.ts';
import { isInWindows } from '../model/remote.ts';
import { type Load, usersOf } from '../model/settings.ts';
import type { RunningArm } from './arm.ts';
import { calibrate } from './calibrate.ts';
import { grainOfCell } from './grain.ts';
import { intendedRateOf, rampMsOf, windowWarmUpMs } from './pacing.ts';
import {
  pausedSliceMs,
  pausedWarmUpMs,
  planPausing,
  planWhole,
  warmUpByTime,
  wholeWarmUpMs,
} from './pausing.ts';
import type { MeasuredSlice, Work } from './slice.ts';
import { type Warm, warmUp } from './warmup.ts';

export interface SlicePlan {
  /** As they were started, or with programs that run whole in the place of those that cannot be paused here. */
  readonly arms: ByRole<RunningArm>;
  readonly warm: Omit<Warm, 'msPerRequest'>;
  readonly work: SliceWork;
  readonly blocks: number;
}

type Run = (arm: RunningArm, role: Role, work: Work) => Promise<MeasuredSlice>;

interface PlanOptions {
  readonly cell: Cell;
  readonly measure: Measure;
  readonly now: () => number;
}

/** Warms both arms up and decides what a slice holds and how many blocks there are, before the first that is measured. */
export async function planSlices(
  arms: ByRole<RunningArm>,
  run: Run,
  options: PlanOptions,
): Promise<SlicePlan> {
  const [baseline, candidate] = [arms.baseline.client, arms.candidate.client];
  if (baseline.kind === 'cooperative') {
    const { scenario, client } = options.cell.arms.baseline;
    return isInWindows(scenario.load, client)
      ? planWindows(arms, scenario.load, run, options)
      : planRequests(arms, run, options);
  }
  if (baseline.kind === 'paused' && candidate.kind === 'paused') {
    const paused = await planTimes(arms, { baseline, candidate }, run, options);
    if (paused !== null) return paused;
  }
  const wholes = { baseline: await wholeOf(baseline), candidate: await wholeOf(candidate) };
  return planRuns(arms, wholes, run, options);
}

async function planRequests(
  arms: ByRole<RunningArm>,
  run: Run,
  { cell, measure, now }: PlanOptions,
): Promise<SlicePlan> {
  const grain = grainOfCell(cell);
  const { msPerRequest, ...warm } = await warmUp(
    (role, requests) => run(arms[role], role, { kind: 'requests', requests }),
    { arms: cell.arms, grain, capMs: measure.warmupMs, now },
  );
  const { sliceTimeMs } = measure;
  const { requests, blocks } = calibrate({ grain, msPerRequest, sliceTimeMs });
  return { arms, warm, work: { kind: 'requests', requests }, blocks };
}

/** Paced load is not there at once: each window has a ramp before it, and one block of them is a launch. */
async function planWindows(
  arms: ByRole<RunningArm>,
  load: Load,
  run: Run,
  { measure, now }: PlanOptions,
): Promise<SlicePlan> {
  const rampMs = rampMsOf(load);
  const forMs = (role: Role, ms: number) => run(arms[role], role, { kind: 'window', rampMs, ms });
  const limits = { sliceMs: windowWarmUpMs, capMs: measure.warmupMs, now };
  const warm = await warmUpByTime(forMs, limits);
  const ms = Math.round(measure.sliceTimeMs / 4);
  return {
    ...{ arms, warm, blocks: 1 },
    work: {
      ...{ kind: 'windows', rampMs, ms, intendedRate: intendedRateOf(load) },
      slots: load.model === 'constant-throughput' ? usersOf(load) : null,
    },
  };
}

/** @returns null where requests take too long for pausing. */
async function planTimes(
  arms: ByRole<RunningArm>,
  clients: ByRole<PausedClient>,
  run: Run,
  { measure, now }: PlanOptions,
): Promise<SlicePlan | null> {
  const forMs = (role: Role, ms: number) => run(arms[role], role, { kind: 'time', ms });
  const limits = { sliceMs: pausedWarmUpMs, capMs: measure.warmupMs, now };
  const warm = await warmUpByTime(forMs, limits);
  // One after the other, with warm targets, while both programs that are measured rest.
  const p90Ms = {
    baseline: await clients.baseline.probe(),
    candidate: await clients.candidate.probe(),
  };
  const planned = planPausing(p90Ms, measure.sliceTimeMs);
  if (planned === null) return null;
  // Both have rested for as long as the probes took: back to the rhythm before anything counts.
  for (const role of roles) await forMs(role, pausedSliceMs(planned.work, 0));
  return { arms, warm, ...planned };
}

async function planRuns(
  started: ByRole<RunningArm>,
  clients: ByRole<WholeClient>,
  run: Run,
  { measure, now }: PlanOptions,
): Promise<SlicePlan> {
  const armOf = (role: Role) => ({ ...started[role], client: clients[role] });
  const arms = { baseline: armOf('baseline'), candidate: armOf('candidate') };
  const forMs = (role: Role, ms: number) => run(arms[role], role, { kind: 'time', ms });
  const limits = { sliceMs: wholeWarmUpMs, capMs: measure.warmupMs, now };
  const warm = await warmUpByTime(forMs, limits);
  const p90Ms = { baseline: clients.baseline.p90Ms(), candidate: clients.candidate.p90Ms() };
  return { arms, warm, ...planWhole(p90Ms, measure.sliceTimeMs) };
}

async function wholeOf(client: RunningClient): Promise<WholeClient> {
  if (client.kind === 'cooperative') throw new Error('a client that cooperates is not run whole');
  return client.kind === 'paused' ? client.whole() : client;
}

export function workOf(work: SliceWork, block: number): Work {
  switch (work.kind) {
    case 'requests':
      return work;
    case 'time':
      return { kind: 'time', ms: pausedSliceMs(work, block) };
    case 'whole':
      return { kind: 'time', ms: work.ms };
    case 'windows':
      return { kind: 'window', rampMs: work.rampMs, ms: work.ms };
  }
}
