import type { WorkerSlice } from '../engine/engine.ts';
import { type Counts, subtractCounts, sumCounts } from '../model/counts.ts';
import { type Micros, micros } from '../model/units.ts';
import { ChildFailure } from '../process/child.ts';
import type { RunningArm } from './arm.ts';

export interface MeasuredSlice {
  readonly workers: readonly WorkerSlice[];
  /** Null where the target does not tell. */
  readonly targetCpuUs: Micros | null;
  readonly targetCounts: Counts | null;
  /** The slowest worker's, in ms. */
  readonly wallMs: number;
}

/** Three of the worst request time-outs: a slice that takes longer hangs. */
const deadlineMs = (requestTimeoutMs: number): number => 3 * requestTimeoutMs + 5_000;

/** One stretch in which this arm runs and the other rests; the target is read at both edges. */
export async function runSlice(
  arm: RunningArm,
  requests: number,
  options: { readonly measured: boolean; readonly requestTimeoutMs: number },
): Promise<MeasuredSlice> {
  const before = await arm.target.read();
  const workers = await arm.client.slice(
    requests,
    options.measured,
    deadlineMs(options.requestTimeoutMs),
  );
  const after = await arm.target.read();
  const counts = sumCounts(workers.map((worker) => worker.counts));
  if (counts.requests === 0) {
    const failures = `all ${counts.errors} requests of a slice failed`;
    const reason = (await arm.client.finish()).find((w) => w.firstError !== null)?.firstError;
    throw new ChildFailure(`${failures}: ${reason ?? 'no reason given'}`, '');
  }
  return {
    workers,
    targetCpuUs:
      after.cpuUs === null || before.cpuUs === null ? null : micros(after.cpuUs - before.cpuUs),
    targetCounts:
      after.counts === null || before.counts === null
        ? null
        : subtractCounts(after.counts, before.counts),
    wallMs: Math.max(...workers.map((worker) => worker.wallUs)) / 1000,
  };
}
