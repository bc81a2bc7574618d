import type { NetworkMeter } from '../machine/network.ts';
import type { MainThreads, Signals } from '../machine/signals.ts';
import type { Counts } from '../model/counts.ts';
import type { JournalRow, MachineSignals, ProcessRow } from '../model/journal.ts';
import { type Cell, type Measure, type Role, roles } from '../model/plan.ts';
import type { RunningResolver } from '../target/resolver/start.ts';
import { coin, type Random } from '../stats/random.ts';
import type { RunningArm } from './arm.ts';
import { type ArmPlan, startArms } from './arms.ts';
import { watchNetwork } from './network-watch.ts';
import { blockOrder } from './order.ts';
import { type MeasuredSlice, runSlice, type Work } from './slice.ts';
import { planSlices, workOf } from './slice-plan.ts';
import { watchTargetCpu } from './target-cpu.ts';

export interface LaunchOptions {
  readonly launch: number;
  readonly round: number;
  readonly attempt: number;
  readonly cell: Cell;
  readonly swapped: boolean;
  readonly measure: Measure;
  readonly random: Random;
  /** Monotonic, in ms since the first launch of the run began. */
  readonly now: () => number;
  readonly signals: (processes: readonly ProcessRow[], serves: MainThreads) => Signals;
  readonly network: NetworkMeter;
  readonly armOf: (role: Role) => ArmPlan;
  readonly write: (row: JournalRow) => void;
  readonly aborted: () => void;
}

/** Fresh processes for both arms, warm-up, blocks of slices, and everything stopped again, however it ends. */
export async function runLaunch(options: LaunchOptions): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  try {
    await measureLaunch(options, (stop) => stops.push(stop));
  } finally {
    // One that fails to stop neither hides what went wrong before nor keeps the others from being waited for.
    await Promise.allSettled(stops.map((stop) => stop()));
  }
}

async function measureLaunch(
  options: LaunchOptions,
  started: (stop: () => Promise<void>) => void,
): Promise<void> {
  const { launch, cell, random, write, aborted } = options;
  const startedMs = Math.round(options.now());
  const startOrder = coin(random) ? roles : ([roles[1], roles[0]] as const);
  const fresh = await startArms({ ...options, order: startOrder, relayed: false, started });
  const network = watchNetwork(options.network, fresh);

  const run = (measured: boolean) => (arm: RunningArm, role: Role, work: Work) => {
    aborted();
    const { requestTimeoutMs } = cell.arms[role].client;
    return runSlice(arm, work, { measured, requestTimeoutMs });
  };
  const { arms, warm, work, blocks } = await planSlices(fresh, run(false), options);
  const measure = run(true);
  const opened = async (role: Role) => ({
    client: clientCounts(arms[role]),
    target: (await arms[role].target.read()).counts,
    resolver: (await arms[role].resolver?.read()) ?? null,
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
    swapped: options.swapped,
    processes,
    work,
    blocks,
    warmup: { slices: warm.slices, ms: Math.round(warm.ms), steady: warm.steady },
    opened: { baseline: await opened('baseline'), candidate: await opened('candidate') },
  });
  const targetCpu = {
    baseline: await watchTargetCpu(arms.baseline.target),
    candidate: await watchTargetCpu(arms.candidate.target),
  };

  const signals = options.signals(processes, {
    client: roles.every((role) => arms[role].client.kind === 'cooperative'),
    target: roles.every((role) => cell.arms[role].target.kind === 'builtin'),
  });
  started(async () => signals.close());
  network.restart();
  for (let block = 0; block < blocks; block += 1) {
    for (const [position, role] of blockOrder(random).entries()) {
      const measured = await measure(arms[role], role, workOf(work, block));
      network.ran(role);
      writeSlice(options, { role, block, position }, measured, signals.since(role));
    }
  }

  for (const row of network.rows()) write({ kind: 'network', launch, cell: cell.id, ...row });

  const cpu = { baseline: await targetCpu.baseline(), candidate: await targetCpu.candidate() };
  const finish = async (role: Role) => {
    const workers = await arms[role].client.finish();
    // After the client has come to its end: what both counted in all is compared.
    const { rssBytes, observed, counts } = await arms[role].target.finish();
    return {
      workers: workers.map((finished, worker) => ({ worker, ...finished })),
      target: { cpu: cpu[role], rssBytes, observed, whole: counts },
    };
  };
  const ends = { baseline: await finish('baseline'), candidate: await finish('candidate') };
  const endedMs = Math.round(options.now());
  write({ kind: 'finish', launch, cell: cell.id, endedMs, arms: ends });
}

const clientCounts = ({ client }: RunningArm): Counts | null =>
  client.kind === 'cooperative' ? client.counts() : null;

const processRows = (role: Role, arm: RunningArm): ProcessRow[] => [
  {
    role,
    part: 'target',
    worker: 0,
    pid: arm.target.pid,
    core: arm.target.core,
    port: arm.target.port,
  },
  ...(arm.resolver === null ? [] : [resolverRow(role, arm.resolver)]),
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

const resolverRow = (role: Role, { pid, core, port }: RunningResolver): ProcessRow => ({
  ...{ role, part: 'resolver', worker: 0 },
  ...{ pid, core, port },
});

function writeSlice(
  { launch, cell, write }: LaunchOptions,
  place: { readonly role: Role; readonly block: number; readonly position: number },
  slice: MeasuredSlice,
  machine: MachineSignals | null,
): void {
  slice.workers.forEach(({ wallUs, cpuUs, requests, errors, counts }, worker) => {
    const first = worker === 0;
    write({
      kind: 'slice',
      ...{ launch, cell: cell.id, ...place, worker, requests, errors, wallUs, clientCpuUs: cpuUs },
      targetCpuUs: first ? slice.targetCpuUs : null,
      counts,
      targetCounts: first ? slice.targetCounts : null,
      resolver: first ? slice.resolver : null,
      machine: first ? machine : null,
    });
  });
}
