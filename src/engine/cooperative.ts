import { type Counts, noCounts, subtractCounts, sumCounts } from '../model/counts.ts';
import { micros } from '../model/units.ts';
import { Child, type Command } from '../process/child.ts';
import { encodedLatency } from './encoded-latency.ts';
import type { FromWorker, ToWorker } from '../worker/protocol.ts';
import type { AnyClientStart, CooperativeClient } from './engine.ts';

const finishDeadlineMs = 10_000;

/** Answers each question once. */
interface Asked<Task> extends Pick<Child<ToWorker<Task>, FromWorker>, 'ask'> {
  /** Null of a process on another machine. */
  readonly pid: number | null;
}

/** A process that rests by itself: it speaks `worker/protocol.ts`, whatever it is written in. */
export interface CooperativeWorker<Task> {
  readonly child: Asked<Task>;
  readonly core: number | null;
}

/** One process for each of the client's cores. */
export async function startWorkers<Task>(
  { name, cores, started }: AnyClientStart,
  commandOf: (worker: number) => Pick<Command, 'file' | 'args' | 'env'>,
  deadlineMs: number,
): Promise<readonly CooperativeWorker<Task>[]> {
  const workers = cores.map((core, worker) => {
    const { file, args, env } = commandOf(worker);
    const child = new Child<ToWorker<Task>, FromWorker>({
      name: `${name} worker ${worker}`,
      // For preloads and wrappers that treat one worker apart.
      ...{ file, args, core, env: { ...env, BENCH_WORKER: String(worker) } },
    });
    return { child, core };
  });
  started(async () => {
    await Promise.all(workers.map(({ child }) => child.stop()));
  });
  await Promise.all(workers.map(({ child }) => child.ask(null, 'ready', deadlineMs)));
  return workers;
}

interface Load {
  /** The number by which the workers know it. */
  readonly load: number;
  /** Whether the workers have no other. */
  readonly isAlone: boolean;
  /** By worker, when it was configured. */
  readonly counts: readonly Counts[];
}

/** Workers that carry a load each, as the client of one target. */
export function cooperativeClient<Task>(
  workers: readonly CooperativeWorker<Task>[],
  { load, isAlone, counts }: Load,
): CooperativeClient {
  const seen = [...counts];
  return {
    kind: 'cooperative',
    workers: workers.map(({ child, core }) => ({ pid: child.pid, core })),
    counts: () => sumCounts(seen),
    slice: (requests, measured, deadlineMs) =>
      Promise.all(
        workers.map(async ({ child }, index) => {
          const share = shareOf(requests, workers.length, index);
          const question = { kind: 'slice', load, requests: share, measured } as const;
          const done = await child.ask(question, 'slice-done', deadlineMs);
          const counts = subtractCounts(done.counts, seen[index] ?? noCounts);
          seen[index] = done.counts;
          return { wallUs: micros(done.wallUs), cpuUs: micros(done.cpuUs), counts };
        }),
      ),
    window: async (window, measured, deadlineMs, edges) => {
      const question = { kind: 'window', load, ...window, measured } as const;
      const each = <T>(ask: (child: CooperativeWorker<Task>['child']) => Promise<T>) =>
        Promise.all(workers.map(({ child }) => ask(child)));
      await each((child) => child.ask(question, 'window-open', deadlineMs));
      await edges.opened();
      const closed = await each((child) => child.ask(null, 'window-closed', deadlineMs));
      await edges.closed();
      const done = await each((child) => child.ask(null, 'slice-done', deadlineMs));
      return closed.map(({ wallUs, cpuUs, requests }, index) => {
        const counted = done[index]?.counts ?? noCounts;
        const counts = subtractCounts(counted, seen[index] ?? noCounts);
        seen[index] = counted;
        const { errors } = counts;
        return { wallUs: micros(wallUs), cpuUs: micros(cpuUs), requests, errors, counts };
      });
    },
    finish: () =>
      Promise.all(
        workers.map(async ({ child }) => {
          const done = await child.ask({ kind: 'finish', load }, 'finish-done', finishDeadlineMs);
          const { observed, replayed, firstError, claimedCpu } = done;
          const latency = encodedLatency(done.latency);
          const rssBytes = isAlone ? done.rssBytes : null;
          return { rssBytes, latency, observed, replayed, firstError, claimedCpu, whole: null };
        }),
      ),
  };
}

/** Equal shares; what is left over goes to the first workers. */
export const shareOf = (requests: number, workers: number, index: number): number =>
  Math.floor(requests / workers) + (index < requests % workers ? 1 : 0);
