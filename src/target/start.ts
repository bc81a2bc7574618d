import { fileURLToPath } from 'node:url';
import type { Counts, Observed } from '../model/counts.ts';
import type { Settings, TargetSettings } from '../model/settings.ts';
import { Child } from '../process/child.ts';
import { treeCpuUs } from '../process/tree.ts';
import type { FromTarget, TargetTask, ToTarget } from './protocol.ts';

export const loopback = '127.0.0.1';

/** Where an arm's target listens: where its clients reach it. */
export const addressFor = ({ client }: Settings): string => client.remote?.listen ?? loopback;

const entry = fileURLToPath(new URL('./builtin/main.js', import.meta.url));
/** Generous for a process that starts in 50 ms: a shared machine may hold it up. */
const startDeadlineMs = 10_000;
const readDeadlineMs = 10_000;

/** Since the target began; null where it does not tell. */
export interface TargetReading {
  readonly cpuUs: number | null;
  readonly counts: Counts | null;
  /** Requests that are not answered yet; 0 where the target does not tell. */
  readonly pending: number;
}

interface TargetFinish {
  /** Null where the target does not say. */
  readonly rssBytes: number | null;
  readonly observed: Observed | null;
  /** Since the process began; null where the target does not count. */
  readonly counts: Counts | null;
}

export interface RunningTarget {
  readonly kind: TargetSettings['kind'];
  /** Null where it is no process of ours. */
  readonly pid: number | null;
  readonly core: number | null;
  /** An address. */
  readonly host: string;
  readonly port: number;
  read(): Promise<TargetReading>;
  /** CPU of all its processes by the kernel's ticks, which say nothing of a single slice; null where there are none. */
  treeCpuUs(): number | null;
  finish(): Promise<TargetFinish>;
  stop(): Promise<void>;
}

export interface TargetStart {
  readonly name: string;
  readonly task: TargetTask;
  readonly env: Readonly<Record<string, string>>;
  readonly core: number | null;
  /** Is told of the process as soon as it exists, so that it is stopped even if it never gets ready. */
  readonly started: (stop: () => Promise<void>) => void;
}

/** @throws BenchFailure when the target does not serve within the deadline. */
export async function startBuiltinTarget(start: TargetStart): Promise<RunningTarget> {
  const { name, task, env, core } = start;
  const child = new Child<ToTarget, FromTarget>({
    ...{ name, env, core },
    file: process.execPath,
    args: [entry],
  });
  start.started(() => child.stop());
  await child.ask(null, 'ready', startDeadlineMs);
  const { port } = await child.ask({ kind: 'serve', task }, 'serving', startDeadlineMs);
  return {
    ...{ kind: 'builtin', pid: child.pid, core, host: loopback, port },
    treeCpuUs: () => treeCpuUs({ root: child.pid, mark: null }),
    read: () => child.ask({ kind: 'read' }, 'reading', readDeadlineMs),
    finish: () => child.ask({ kind: 'finish' }, 'finish-done', readDeadlineMs),
    stop: () => child.stop(),
  };
}
