import { readFileSync } from 'node:fs';

/** Where the processes of both arms run: the same cores for both, client and target apart. */
export interface CorePlan {
  /** One per worker; null leaves the process to the kernel. */
  readonly workers: readonly (number | null)[];
  readonly target: number | null;
  /** Several workers share a core, so none of them can show what one worker carries. */
  readonly crowded: boolean;
}

/** `0-2,5` → [0, 1, 2, 5], as the kernel writes CPU lists. */
export function parseCpuList(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
}

/** The cores this process may use, one of each set of hyper-thread siblings. Empty where Linux is not. */
export function usableCores(
  read: (path: string) => string = (p) => readFileSync(p, 'utf8'),
): number[] {
  let allowed: number[];
  try {
    const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(read('/proc/self/status'));
    allowed = parseCpuList(list?.[1] ?? '');
  } catch {
    return [];
  }
  const taken = new Set<number>();
  return allowed.filter((core) => {
    if (taken.has(core)) return false;
    for (const sibling of siblingsOf(core, read)) taken.add(sibling);
    return true;
  });
}

function siblingsOf(core: number, read: (path: string) => string): number[] {
  try {
    return parseCpuList(read(`/sys/devices/system/cpu/cpu${core}/topology/thread_siblings_list`));
  } catch {
    return [core];
  }
}

/** The target gets the last core, workers share the others in turn; on one core nothing is pinned. */
export function assignCores(cores: readonly number[], workers: number): CorePlan {
  const clientCores = cores.slice(0, -1);
  const target = cores.at(-1);
  if (target === undefined || clientCores.length === 0) {
    return { workers: Array(workers).fill(null), target: null, crowded: true };
  }
  return {
    workers: Array.from({ length: workers }, (_, i) => clientCores[i % clientCores.length] ?? null),
    target,
    crowded: workers > clientCores.length,
  };
}
