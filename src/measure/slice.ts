import { type Counts, subtractCounts, sumCounts } from '../model/counts.ts';
import { type Micros, micros } from '../model/units.ts';
import { ChildFailure } from '../process/child.ts';
import type { RunningTarget, TargetReading } from '../target/start.ts';
import type { RunningArm } from './arm.ts';

/** One slice's share of the work: requests for clients that cooperate, ms for programs of others. */
export type Work =
  | { readonly kind: 'requests'; readonly requests: number }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'window'; readonly rampMs: number; readonly ms: number };

export interface MeasuredSlice {
  readonly workers: readonly MeasuredWorker[];
  /** Null where the target does not tell. */
  readonly targetCpuUs: Micros | null;
  readonly targetCounts: Counts | null;
  /** The slowest worker's, in ms. */
  readonly wallMs: number;
}

interface MeasuredWorker {
  readonly wallUs: Micros;
  readonly cpuUs: Micros;
  readonly requests: number;
  readonly errors: number;
  /** Null where the client does not count by slice. */
  readonly counts: Counts | null;
}

/** Three of the worst request time-outs: a slice that takes longer hangs. */
const deadlineMs = (requestTimeoutMs: number): number => 3 * requestTimeoutMs + 5_000;

/** One stretch in which this arm runs and the other rests; the target is read at both edges. */
export async function runSlice(
  arm: RunningArm,
  work: Work,
  options: { readonly measured: boolean; readonly requestTimeoutMs: number },
): Promise<MeasuredSlice> {
  const before = await arm.target.read();
  const { client } = arm;
  if (client.kind === 'paused') {
    if (work.kind !== 'time') throw new Error('a client that is paused runs for a time');
    const cpuBefore = client.cpuUs();
    const wallUs = await client.run(work.ms, options.measured);
    const after = await settled(arm.target);
    const cpuUs = micros(client.cpuUs() - cpuBefore);
    if (before.counts === null || after.counts === null)
      throw new Error('a client that is paused needs a target that counts');
    const { requests, errors } = subtractCounts(after.counts, before.counts);
    return sliceOf([{ wallUs, cpuUs, requests, errors, counts: null }], before, after);
  }
  if (client.kind === 'whole') {
    if (work.kind !== 'time') throw new Error('a program that runs whole runs for a time');
    const whole = await client.run(work.ms);
    return sliceOf([{ ...whole, counts: null }], before, await settled(arm.target));
  }
  if (work.kind === 'window') {
    const edges = { opened: before, closed: before };
    const workers = await client.window(
      work,
      options.measured,
      work.rampMs + work.ms + deadlineMs(options.requestTimeoutMs),
      {
        opened: async () => {
          edges.opened = await arm.target.read();
        },
        closed: async () => {
          edges.closed = await arm.target.read();
        },
      },
    );
    const { targetCounts } = sliceOf(workers, before, await arm.target.read());
    return { ...sliceOf(workers, edges.opened, edges.closed), targetCounts };
  }
  if (work.kind !== 'requests') throw new Error('a client that cooperates is given requests');
  const deadline = deadlineMs(options.requestTimeoutMs);
  const workers = await client.slice(work.requests, options.measured, deadline);
  const after = await arm.target.read();
  const counts = sumCounts(workers.map((worker) => worker.counts));
  if (counts.requests === 0) {
    const failures = `all ${counts.errors} requests of a slice failed`;
    const reason = (await client.finish()).find((w) => w.firstError !== null)?.firstError;
    throw new ChildFailure(`${failures}: ${reason ?? 'no reason given'}`, '');
  }
  const measured = workers.map((worker) => ({
    ...worker,
    requests: worker.counts.requests,
    errors: worker.counts.errors,
  }));
  return sliceOf(measured, before, after);
}

const sliceOf = (
  workers: readonly MeasuredWorker[],
  before: TargetReading,
  after: TargetReading,
): MeasuredSlice => ({
  workers,
  targetCpuUs:
    after.cpuUs === null || before.cpuUs === null ? null : micros(after.cpuUs - before.cpuUs),
  targetCounts:
    after.counts === null || before.counts === null
      ? null
      : subtractCounts(after.counts, before.counts),
  wallMs: Math.max(...workers.map((worker) => worker.wallUs)) / 1000,
});

/** Requests in flight when a client is stopped are still answered: read until no more come. A reading takes 0.2 ms or more. */
const mostReadings = 1_000;

async function settled(target: RunningTarget): Promise<TargetReading> {
  let last = await target.read();
  for (let readings = 1; readings < mostReadings; readings += 1) {
    const next = await target.read();
    if (next.counts === null) return next;
    if (next.pending === 0 && next.counts.requests === last.counts?.requests) return next;
    last = next;
  }
  throw new ChildFailure(
    'the target still answers requests of a client that is stopped: a signal did not reach it',
    '',
  );
}
