/** What the kernel's texts say, in microseconds since boot. Null: this kernel or container does not count it. */

import { tickUs } from '../model/units.ts';

/** Of these cores, where they are pinned; else of the whole machine. */
export function stealUs(stat: string, cores: readonly (number | null)[]): number {
  const pinned = new Set(cores);
  const lines = pinned.has(null) ? ['cpu'] : [...pinned].map((core) => `cpu${core}`);
  return lines.reduce((sum, name) => sum + stealOf(stat, name) * tickUs, 0);
}

/** `cpu0 user nice system idle iowait irq softirq steal …` */
function stealOf(stat: string, name: string): number {
  const line = new RegExp(`^${name} +(.*)$`, 'm').exec(stat)?.[1];
  return Number(line?.split(' ')[7] ?? 0);
}

export const runnableThreads = (stat: string): number =>
  Number(/^procs_running (\d+)/m.exec(stat)?.[1] ?? 0);

/** cgroup v2 counts µs, v1 ns. */
export function throttledUs(cpuStat: string): number | null {
  const [, unit, value] = /^throttled_(usec|time) (\d+)/m.exec(cpuStat) ?? [];
  if (value === undefined) return null;
  return unit === 'usec' ? Number(value) : Number(value) / 1000;
}

/** Time in which some thread of the machine waited for a core: `some avg10=… total=123`. */
export function pressureUs(pressure: string): number | null {
  const total = /^some .*total=(\d+)/m.exec(pressure)?.[1];
  return total === undefined ? null : Number(total);
}
