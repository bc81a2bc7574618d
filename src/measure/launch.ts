import type { Signals } from '../machine/signals.ts';
import type { JournalRow, MachineSignals, ProcessRow } from '../model/journal.ts';
import { type ByRole, type Cell, type Measure, type Role, roles } from '../model/plan.ts';
import { coin, type Random } from '../stats/random.ts';
import { type ArmStart, type RunningArm, startArm } from './arm.ts';
import { calibrate } from './calibrate.ts';
import { blockOrder } from './order.ts';
import { type MeasuredSlice, runSlice } from './slice.ts';
import { warmUp } from './warmup.ts';

export interface LaunchOptions {
  readonly launch: number;
  readonly round: number;
  readonly attempt: number;
  readonly cell: Cell;
  readonly measure: Measure;
  readonly random: Random;
  /** Monotonic, in ms since the first launch of the run began. */
  readonly now: () => number;
  readonly signals: (processes: readonly ProcessRow[]) => Signals;
  readonly armOf: (role: Role) => Omit<ArmStart, 'started'>;
  readonly write: (row: JournalRow) => void;
  readonly aborted: () => void;
}

/** Fresh processes for both arms, warm-up, blocks of slices, and everything stopped again, however it ends. */
export async function runLaunch(options: LaunchOptions): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  try {
    await measureLaunch(options, (stop) => stops.push(stop));
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

async function measureLaunch(
  options: LaunchOptions,
  started: (stop: () => Promise<void>) => void,
): Promise<void> {
  const { launch, cell, random, measure, write, aborted } = options;
  const startedMs = Math.round(options.now());
  const startOrder: readonly Role[] = coin(random) ? roles : [...roles].reverse();
  const starting = startOrder.map(
    async (role) => [role, await startArm({ ...options.armOf(role), started })] as const,
  );
  const arms = Object.fromEntries(await settledAll(starting)) as ByRole<RunningArm>;

  const slots = slotsOf(cell);
  const slice = (role: Role, requests: number, measured: boolean): Promise<MeasuredSlice> => {
    aborted();
    const { requestTimeoutMs } = cell.arms[role].client;
    return runSlice(arms[role], requests, { measured, requestTimeoutMs });
  };
  const warm = await warmUp((role, requests) => slice(role, requests, false), {
    slots,
    capMs: measure.warmupMs,
    now: options.now,
  });
  const { requests, blocks } = calibrate({
    slots,
    msPerRequest: warm.msPerRequest,
    sliceTimeMs: measure.sliceTimeMs,
  });
  const opened = async (role: Role) => ({
    client: arms[role].client.counts(),
    target: (await arms[role].target.read()).counts,
  });
  const processes = roles.flatMap((role) => processRows(role, arms[role]));
  write({
    kind: 'launch',
    launch,
    cell: cell.id,
    round: options.round,
    attempt: options.attempt,
    startedMs,
    startOrder,
    processes,
    requestsPerSlice: requests,
    blocks,
    warmup: { slices: warm.slices, ms: Math.round(warm.ms), steady: warm.steady },
    opened: { baseline: await opened('baseline'), candidate: await opened('candidate') },
  });

  const signals = options.signals(processes);
  started(async () => signals.close());
  for (let block = 0; block < blocks; block += 1) {
    for (const [position, role] of blockOrder(random).entries()) {
      const measured = await slice(role, requests, true);
      writeSlice(options, { role, block, position }, measured, signals.since(role));
    }
  }

  const finish = async (role: Role) => ({
    workers: (await arms[role].client.finish()).map(
      ({ rssBytes, latency, observed, firstError }, worker) => ({
        worker,
        rssBytes,
        latency,
        observed,
        firstError,
      }),
    ),
    target: await arms[role].target
      .finish()
      .then(({ rssBytes, observed }) => ({ rssBytes, observed })),
  });
  const ends = { baseline: await finish('baseline'), candidate: await finish('candidate') };
  const endedMs = Math.round(options.now());
  write({ kind: 'finish', launch, cell: cell.id, endedMs, arms: ends });
}

/** Waits for all even when one fails, so that none is still starting when the others are stopped. */
async function settledAll<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** Both arms carry the same load; where an axis made them differ, the larger counts. */
const slotsOf = (cell: Cell): number =>
  Math.max(
    ...roles.map((role) => {
      const { load } = cell.arms[role].scenario;
      return load.model === 'closed' ? load.connections * cell.arms[role].client.workers : 1;
    }),
  );

const processRows = (role: Role, arm: RunningArm): ProcessRow[] => [
  {
    role,
    part: 'target',
    worker: 0,
    pid: arm.target.pid,
    core: arm.target.core,
    port: arm.target.port,
  },
  ...arm.client.workers.map(
    ({ pid, core }, worker): ProcessRow => ({
      role,
      part: 'client',
      worker,
      pid,
      core,
      port: null,
    }),
  ),
];

function writeSlice(
  { launch, cell, write }: LaunchOptions,
  place: { readonly role: Role; readonly block: number; readonly position: number },
  slice: MeasuredSlice,
  machine: MachineSignals | null,
): void {
  slice.workers.forEach(({ wallUs, cpuUs, counts }, worker) => {
    const first = worker === 0;
    const { requests, errors } = counts;
    write({
      kind: 'slice',
      ...{ launch, cell: cell.id, ...place, worker, requests, errors, wallUs, clientCpuUs: cpuUs },
      targetCpuUs: first ? slice.targetCpuUs : null,
      counts,
      targetCounts: first ? slice.targetCounts : null,
      machine: first ? machine : null,
    });
  });
}
