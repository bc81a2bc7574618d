import type { MachineSignals, ProcessRow } from '../model/journal.ts';
import type { ByRole, Role } from '../model/plan.ts';
import { micros } from '../model/units.ts';
import { cpuStatFiles } from './cgroup.ts';
import { pressureUs, runDelayUs, runnableThreads, stealUs, throttledUs } from './counters.ts';
import { type Open, type OpenFile, openProcFile } from './open-file.ts';

export interface Signals {
  /** What others did to the machine, and to the processes of this arm, since the last call. Null where Linux is not. */
  since(role: Role): MachineSignals | null;
  close(): void;
}

interface Reading {
  readonly atMs: number;
  readonly stealUs: number;
  readonly throttledUs: number | null;
  readonly pressureUs: number | null;
  readonly runnable: number;
  readonly delays: ByRole<{ readonly client: number | null; readonly target: number | null }>;
}

/**
 * The signals of one launch; `now` is monotonic, in ms. Of each process the main thread's wait is read: the one that serves. Its helper threads
 * share its core, so their waiting is mostly for itself (figures in docs/decisions/004-rejecting-blocks.md).
 */
export function openSignals(
  processes: readonly ProcessRow[],
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
  const waits = (role: Role, part: ProcessRow['part']) =>
    processes
      .filter((process) => process.role === role && process.part === part)
      .map(({ pid }) => kept(`/proc/${pid}/schedstat`));
  const delaysOf = (role: Role) => {
    const [client, target] = [waits(role, 'client'), waits(role, 'target')];
    return () => ({ client: total(client), target: total(target) });
  };
  const delays = { baseline: delaysOf('baseline'), candidate: delaysOf('candidate') };
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
      delays: { baseline: delays.baseline(), candidate: delays.candidate() },
    };
  };

  let last = read();
  return {
    since: (role) => {
      const before = last;
      last = read();
      if (last === null || before === null) return null;
      return {
        spanUs: micros(Math.round((last.atMs - before.atMs) * 1000)),
        stealUs: micros(last.stealUs - before.stealUs),
        throttledUs: difference(last.throttledUs, before.throttledUs),
        pressureUs: difference(last.pressureUs, before.pressureUs),
        clientDelayUs: difference(last.delays[role].client, before.delays[role].client),
        targetDelayUs: difference(last.delays[role].target, before.delays[role].target),
        runnable: last.runnable,
      };
    },
    close: () => {
      for (const file of files) file.close();
    },
  };
}

/** Null when one of them is not counted: the others would pass for all. */
function total(threads: readonly (OpenFile | null)[]): number | null {
  const waited = threads.map((thread) => runDelayUs(thread?.read() ?? ''));
  return waited.every((us) => us !== null) ? waited.reduce((sum, us) => sum + us, 0) : null;
}

const difference = (now: number | null, before: number | null) =>
  now === null || before === null ? null : micros(Math.round(now - before));
