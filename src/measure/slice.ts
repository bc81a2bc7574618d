import type { CooperativeClient, PausedClient, WholeClient } from '../engine/engine.ts';
import { type Counts, type Resolved, subtractCounts, sumCounts } from '../model/counts.ts';
import { type Micros, micros } from '../model/units.ts';
import { ChildFailure } from '../process/child.ts';
import { adviceOn } from '../target/advice.ts';
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
  /** Null where addresses are literal. */
  readonly resolver: Resolved | null;
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

interface SliceOptions {
  readonly measured: boolean;
  readonly requestTimeoutMs: number;
}

/** One stretch in which this arm runs and the other rests; target and resolver are read at both edges. */
export function runSlice(
  arm: RunningArm,
  work: Work,
  options: SliceOptions,
): Promise<MeasuredSlice> {
  const { target, client } = arm;
  if (client.kind === 'cooperative') {
    if (work.kind === 'requests') return runRequests(arm, client, work.requests, options);
    if (work.kind === 'window') return runWindow(arm, client, work, options);
  } else if (work.kind === 'time') {
    return client.kind === 'paused'
      ? runPaused(target, client, work.ms, options)
      : runWhole(target, client, work.ms);
  }
  throw new Error(`a client that is ${client.kind} was given work in ${work.kind}`);
}

interface Edge {
  readonly target: TargetReading;
  /** Null where addresses are literal. */
  readonly resolver: Resolved | null;
}

async function readEdge({ target, resolver }: RunningArm): Promise<Edge> {
  const [served, asked] = await Promise.all([target.read(), resolver?.read() ?? null]);
  return { target: served, resolver: asked };
}

async function runRequests(
  arm: RunningArm,
  client: CooperativeClient,
  requests: number,
  { measured, requestTimeoutMs }: SliceOptions,
): Promise<MeasuredSlice> {
  const before = await readEdge(arm);
  const workers = await client.slice(requests, measured, deadlineMs(requestTimeoutMs));
  const after = await readEdge(arm);
  await mustHaveAnswers(arm, client, workers);
  const all = workers.map((worker) => ({
    ...worker,
    requests: worker.counts.requests,
    errors: worker.counts.errors,
  }));
  return sliceOf(all, before, after);
}

/** CPU is read where the window opens and closes; counts are of all that was sent, the ramp included. */
async function runWindow(
  arm: RunningArm,
  client: CooperativeClient,
  window: Extract<Work, { kind: 'window' }>,
  { measured, requestTimeoutMs }: SliceOptions,
): Promise<MeasuredSlice> {
  const before = await readEdge(arm);
  const edges = { opened: before, closed: before };
  const latestMs = window.rampMs + window.ms + deadlineMs(requestTimeoutMs);
  const workers = await client.window(window, measured, latestMs, {
    opened: async () => {
      edges.opened = await readEdge(arm);
    },
    closed: async () => {
      edges.closed = await readEdge(arm);
    },
  });
  const all = sliceOf(workers, before, await readEdge(arm));
  await mustHaveAnswers(arm, client, workers);
  const open = sliceOf(workers, edges.opened, edges.closed);
  const resolver = open.resolver && { ...open.resolver, queries: all.resolver?.queries ?? 0 };
  return { ...open, targetCounts: all.targetCounts, resolver };
}

/** @throws ChildFailure where every request failed; of a target that has died, what it said. */
async function mustHaveAnswers(
  { name, target }: RunningArm,
  client: CooperativeClient,
  workers: readonly { readonly counts: Counts }[],
): Promise<void> {
  const { requests, errors } = sumCounts(workers.map(({ counts }) => counts));
  if (requests > 0) return;
  const reason = (await client.finish()).find((w) => w.firstError !== null)?.firstError;
  await target.read();
  const why = `all ${errors} requests of a slice failed: ${reason ?? 'no reason given'}`;
  const what = `${name}: ${why}`;
  throw new ChildFailure([what, ...adviceOn(why, target.kind)].join('. '), '');
}

async function runPaused(
  target: RunningTarget,
  client: PausedClient,
  ms: number,
  { measured }: SliceOptions,
): Promise<MeasuredSlice> {
  const before = await target.read();
  const cpuBefore = client.cpuUs();
  const wallUs = await client.run(ms, measured);
  const after = await settled(target);
  const cpuUs = micros(client.cpuUs() - cpuBefore);
  if (before.counts === null || after.counts === null)
    throw new Error('a client that is paused needs a target that counts');
  const { requests, errors } = subtractCounts(after.counts, before.counts);
  const worker = { wallUs, cpuUs, requests, errors, counts: null };
  return sliceOf([worker], literal(before), literal(after));
}

async function runWhole(
  target: RunningTarget,
  client: WholeClient,
  ms: number,
): Promise<MeasuredSlice> {
  const before = await target.read();
  const whole = await client.run(ms);
  const after = await settled(target);
  return sliceOf([{ ...whole, counts: null }], literal(before), literal(after));
}

/** Programs of others look nothing up. */
const literal = (target: TargetReading): Edge => ({ target, resolver: null });

const sliceOf = (
  workers: readonly MeasuredWorker[],
  { target: before, resolver: askedBefore }: Edge,
  { target: after, resolver: asked }: Edge,
): MeasuredSlice => ({
  workers,
  targetCpuUs:
    after.cpuUs === null || before.cpuUs === null ? null : micros(after.cpuUs - before.cpuUs),
  targetCounts:
    after.counts === null || before.counts === null
      ? null
      : subtractCounts(after.counts, before.counts),
  resolver:
    asked === null || askedBefore === null
      ? null
      : {
          queries: asked.queries - askedBefore.queries,
          cpuUs: micros(asked.cpuUs - askedBefore.cpuUs),
        },
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
