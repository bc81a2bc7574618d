import { readFileSync } from 'node:fs';
import type { MachineSignals } from '../model/journal.ts';
import { micros } from '../model/units.ts';

/** /proc/stat counts in ticks of 10 ms on every Linux that Node supports (USER_HZ is 100). */
const tickUs = 10_000;

interface Reading {
  readonly stealUs: number;
  readonly throttledUs: number | null;
  readonly runnable: number;
}

/**
 * Steal, quota throttling and runnable threads since the last call: what others did to this machine
 * during a slice. Null where Linux is not.
 */
export function signalReader(): () => MachineSignals | null {
  let last = read();
  return () => {
    const now = read();
    const before = last;
    last = now;
    if (now === null || before === null) return null;
    return {
      stealUs: micros(now.stealUs - before.stealUs),
      throttledUs:
        now.throttledUs === null || before.throttledUs === null
          ? null
          : micros(now.throttledUs - before.throttledUs),
      runnable: now.runnable,
    };
  };
}

function read(): Reading | null {
  try {
    const stat = readFileSync('/proc/stat', 'utf8');
    // cpu user nice system idle iowait irq softirq steal …
    const steal = Number(stat.slice(0, stat.indexOf('\n')).split(/\s+/)[8] ?? 0);
    const runnable = Number(/^procs_running (\d+)/m.exec(stat)?.[1] ?? 0);
    return { stealUs: steal * tickUs, runnable, throttledUs: readThrottled() };
  } catch {
    return null;
  }
}

function readThrottled(): number | null {
  try {
    const stat = readFileSync('/sys/fs/cgroup/cpu.stat', 'utf8');
    const throttled = /^throttled_usec (\d+)/m.exec(stat);
    return throttled === null ? null : Number(throttled[1]);
  } catch {
    return null;
  }
}
