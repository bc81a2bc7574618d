import type { Difference } from '../model/fingerprint.ts';
import type { HeaderRow } from '../model/journal.ts';

/** Of a run: where and with what it was measured. */
export type Conditions = Pick<HeaderRow, 'machine' | 'tool'>;

/** The kernel keeps some of it for itself, from boot to boot not the same. */
const sameMemory = 0.05;

/**
 * What two runs must share, or the difference of their figures says more of it than of what is compared. All that is
 * known of the machine; the Node that serves as the built-in target; and bench itself, whose worker is a part of the
 * client. Two machines of one make cannot be told apart.
 */
export function differingConditions(baseline: Conditions, candidate: Conditions): Difference[] {
  const [a, b] = [shown(baseline), shown(candidate)];
  return Object.entries(a)
    .map(([key, value]) => ({ key, baseline: value, candidate: b[key] ?? 'none' }))
    .filter(({ key, ...found }) =>
      key === 'memory'
        ? !isNear(baseline.machine.memoryBytes, candidate.machine.memoryBytes)
        : found.baseline !== found.candidate,
    );
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= sameMemory * Math.max(a, b);

const shown = ({ machine, tool }: Conditions): Readonly<Record<string, string>> => ({
  'operating system': machine.os,
  kernel: machine.kernel,
  architecture: machine.arch,
  processor: machine.cpu,
  cores: String(machine.cores),
  memory: `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`,
  'Node of the harness': machine.node,
  governor: machine.governor ?? 'not readable',
  virtualisation: machine.virtualisation ?? 'none found',
  bench: tool.version,
});

/** `kernel 6.1 → 6.8, cores 4 → 8`. */
export const conditionWords = (found: readonly Difference[]): string =>
  found.map(({ key, baseline, candidate }) => `${key} ${baseline} → ${candidate}`).join(', ');
