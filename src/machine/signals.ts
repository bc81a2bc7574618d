import type { MachineSignals, ProcessRow } from '../model/journal.ts';
import type { ByRole, Role } from '../model/plan.ts';
import { micros } from '../model/units.ts';
import { cpuStatFiles } from './cgroup.ts';
import { pressureUs, runnableThreads, stealUs, throttledUs } from './counters.ts';
import { type Open, type OpenFile, openProcFile } from './open-file.ts';
import { type ThreadTime, totalTime } from './thread-time.ts';

export interface Signals {
  /** What others did to the machine, and to the processes of this arm, since the last call. Null where Linux is not. */
  since(role: Role): MachineSignals | null;
  close(): void;
}

/** Whether the main thread is the one that serves. It is in our own processes; a stranger's may sleep, or be a shell's. */
export interface MainThreads {
  readonly client: boolean;
  readonly target: boolean;
}

interface Reading {
  readonly atMs: number;
  readonly stealUs: number;
  readonly throttledUs: number | null;
  readonly pressureUs: number | null;
  readonly runnable: number;
  readonly times: ByRole<{
    readonly client: ThreadTime | null;
    readonly target: ThreadTime | null;
  }>;
}

/**
 * The signals of one launch; `now` is monotonic, in ms. Of each process the main thread is read, the one that serves:
 * its helper threads share its core and wait for one another (figures in docs/decisions/004-rejecting-blocks.md).
 */
export function openSignals(
  processes: readonly ProcessRow[],
  serves: MainThreads,
  now: () => number,
  open: Open = openProcFile,
): Signals {
  const files: OpenFile[] = [];
  const kept = (file: string): OpenFile | null => {
    const opened = open(file);
    if (opened !== null) files.push(opened);
    return opened;
  };
  const stat = kept('/proc/stat');
  const pressure = kept('/proc/pressure/cpu');
  const selfCgroup = kept('/proc/self/cgroup')?.read() ?? '';
  const quota = cpuStatFiles(selfCgroup)
    .map(kept)
    .find((file) => throttledUs(file?.read() ?? '') !== null);
  const mainThreads = (role: Role, part: ProcessRow['part']) =>
    processes
      .filter((process) => process.role === role && process.part === part)
      .map(({ pid }) => (pid === null ? null : kept(`/proc/${pid}/schedstat`)));
  const timesOf = (role: Role) => {
    const [client, target] = [mainThreads(role, 'client'), mainThreads(role, 'target')];
    return () => ({
      client: serves.client ? totalTime(client) : null,
      target: serves.target ? totalTime(target) : null,
    });
  };
  const times = { baseline: timesOf('baseline'), candidate: timesOf('candidate') };
  const cores = processes.map(({ core }) => core);

  const read = (): Reading | null => {
    const text = stat?.read() ?? null;
    if (text === null) return null;
    return {
      atMs: now(),
      stealUs: stealUs(text, cores),
      runnable: runnableThreads(text),
      throttledUs: throttledUs(quota?.read() ?? ''),
      pressureUs: pressureUs(pressure?.read() ?? ''),
      times: { baseline: times.baseline(), candidate: times.candidate() },
    };
  };

  let last = read();
  return {
    since: (role) => {
      const before = last;
      last = read();
      if (last === null || before === null) return null;
      const { client, target } = last.times[role];
      const { client: clientBefore, target: targetBefore } = before.times[role];
      return {
        spanUs: micros(Math.round((last.atMs - before.atMs) * 1000)),
        stealUs: micros(last.stealUs - before.stealUs),
        throttledUs: difference(last.throttledUs, before.throttledUs),
        pressureUs: difference(last.pressureUs, before.pressureUs),
        clientDelayUs: difference(client?.waitedUs, clientBefore?.waitedUs),
        targetDelayUs: difference(target?.waitedUs, targetBefore?.waitedUs),
        clientRanUs: difference(client?.ranUs, clientBefore?.ranUs),
        targetRanUs: difference(target?.ranUs, targetBefore?.ranUs),
        runnable: last.runnable,
      };
    },
    close: () => {
      for (const file of files) file.close();
    },
  };
}

const difference = (now: number | null | undefined, before: number | null | undefined) =>
  now == null || before == null ? null : micros(Math.round(now - before));
