import { readFileSync } from 'node:fs';
import { entryOf } from './tree.ts';

/** A process by its number and by what no later process of that number has. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The boot of the machine and the time since then at which it began; null where the system does not say. */
  readonly began: string | null;
}

export const identityOf = (pid: number): ProcessIdentity => ({ pid, began: beganOf(pid) });

/** Whether it still runs: neither ended, nor dead and only not yet waited for. */
export function isRunning({ pid, began }: ProcessIdentity): boolean {
  if (began !== null) return beganOf(pid) === began;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function beganOf(pid: number): string | null {
  try {
    const { dead, startedTicks } = entryOf(pid, readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return dead ? null : `${boot} ${startedTicks}`;
  } catch {
    return null;
  }
}
