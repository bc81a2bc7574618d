import { usableCores } from './cores.ts';

/** One thing that makes a machine fit or unfit to measure on. */
export interface Check {
  readonly name: string;
  /** `unfit`: figures from here would mislead. `noisy`: they are right, and need more launches. */
  readonly state: 'ok' | 'noisy' | 'unfit';
  readonly found: string;
  /** What to do about it; null where nothing is to be done. */
  readonly next: string | null;
}

/** All that the checks read: files of /proc and /sys, null where there is none. */
export interface MachineFiles {
  readonly read: (path: string) => string | null;
  readonly hasTaskset: boolean;
  readonly virtual: boolean;
}

const fewestPorts = 10_000;
const fewestFiles = 4_096;

/** What does not need time to be seen. */
export function standingChecks(files: MachineFiles): Check[] {
  return [
    cores(files),
    pinning(files),
    quota(files),
    governor(files),
    virtual(files),
    ports(files),
    openFiles(files),
  ];
}

function cores({ read }: MachineFiles): Check {
  const usable = usableCores((path) => read(path) ?? '').length;
  const found = `${usable} to use, hyper-thread siblings left out`;
  if (usable >= 2) return { name: 'cores', state: 'ok', found, next: null };
  const next = 'Use two cores or more: on one, client and target take time from each other.';
  return { name: 'cores', state: 'unfit', found, next };
}

function pinning({ hasTaskset }: MachineFiles): Check {
  if (hasTaskset) return { name: 'pinning', state: 'ok', found: 'taskset', next: null };
  const next = 'Install util-linux: without it the kernel moves client and target about.';
  return { name: 'pinning', state: 'unfit', found: 'no taskset', next };
}

/** cgroup v2: "max 100000" or "150000 100000", quota and period in µs. */
function quota({ read }: MachineFiles): Check {
  const [max = 'max', period = '100000'] = (read('/sys/fs/cgroup/cpu.max') ?? 'max')
    .trim()
    .split(' ');
  const name = 'CPU quota';
  if (max === 'max') return { name, state: 'ok', found: 'none', next: null };
  const found = `${(Number(max) / Number(period)).toFixed(1)} cores`;
  const next =
    'Give the container whole cores (cpuset) instead: a quota stops processes in the middle of slices.';
  return { name, state: 'noisy', found, next };
}

function governor({ read }: MachineFiles): Check {
  const found =
    read('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor')?.trim() ?? 'not to be seen';
  const name = 'frequency governor';
  if (found === 'performance' || found === 'not to be seen')
    return { name, state: 'ok', found, next: null };
  return {
    name,
    state: 'noisy',
    found,
    next: 'Set it to performance: `cpupower frequency-set -g performance`.',
  };
}

function virtual({ virtual: yes }: MachineFiles): Check {
  const name = 'virtual machine';
  if (!yes) return { name, state: 'ok', found: 'no', next: null };
  return {
    name,
    state: 'noisy',
    found: 'yes',
    next: 'Expect the neighbours to show; more launches see through them.',
  };
}

function ports({ read }: MachineFiles): Check {
  const [first = 0, last = 0] = (read('/proc/sys/net/ipv4/ip_local_port_range') ?? '0 0')
    .trim()
    .split(/\s+/)
    .map(Number);
  const count = last - first + 1;
  const name = 'local ports';
  if (count >= fewestPorts) return { name, state: 'ok', found: `${count}`, next: null };
  const next =
    'Widen net.ipv4.ip_local_port_range: a connection per request uses them up within seconds.';
  return { name, state: 'unfit', found: `${count}`, next };
}

function openFiles({ read }: MachineFiles): Check {
  const limit =
    /^Max open files\s+(\S+)/m.exec(read('/proc/self/limits') ?? '')?.[1] ?? 'not to be seen';
  const name = 'open files';
  if (!(Number(limit) < fewestFiles)) return { name, state: 'ok', found: limit, next: null };
  return {
    name,
    state: 'noisy',
    found: limit,
    next: `Raise it for many connections: \`ulimit -n ${fewestFiles}\`.`,
  };
}

/** Jiffies of /proc/stat's first line: user nice system idle iowait irq softirq steal. */
function cpuTimes(stat: string): {
  readonly busy: number;
  readonly steal: number;
  readonly all: number;
} {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    stat.slice(0, stat.indexOf('\n')).split(/\s+/).slice(1).map(Number);
  const busy = user + nice + system + irq + softirq;
  return { busy, steal, all: busy + steal + idle + iowait };
}

const tolerable = { steal: 0.005, strangers: 0.05 };

/** What others took of this machine between two readings, while we did nothing. */
export function loadChecks(before: string, after: string): Check[] {
  const [from, to] = [cpuTimes(before), cpuTimes(after)];
  const share = (part: 'busy' | 'steal'): number =>
    (to[part] - from[part]) / Math.max(1, to.all - from.all);
  const shown = (part: 'busy' | 'steal'): string => `${(share(part) * 100).toFixed(1)} %`;
  return [
    {
      name: 'stolen time',
      state: share('steal') > tolerable.steal ? 'noisy' : 'ok',
      found: shown('steal'),
      next:
        share('steal') > tolerable.steal
          ? 'The host is overcommitted; try another hour or another machine.'
          : null,
    },
    {
      name: 'other processes',
      state: share('busy') > tolerable.strangers ? 'noisy' : 'ok',
      found: `${shown('busy')} of all cores`,
      next:
        share('busy') > tolerable.strangers
          ? 'Stop them (`top` tells which): they share cores with client and target.'
          : null,
    },
  ];
}
