import { type Difference, type Machine, machineDifferences } from '../model/fingerprint.ts';
import type { HeaderRow } from '../model/journal.ts';

/** Of a run: where and with what it was measured. */
export type Conditions = Pick<HeaderRow, 'machine' | 'tool'>;

/**
 * What two runs must share, or the difference of their figures says more of it than of what is compared. All that is
 * known of the machine; the Node that serves as the built-in target; and bench itself, whose worker is a part of the
 * client.
 */
export function differingConditions(baseline: Conditions, candidate: Conditions): Difference[] {
  const [a, b] = [shown(baseline.machine), shown(candidate.machine)];
  const found = machineDifferences(baseline.machine, candidate.machine).map((key) => ({
    key: labels[key],
    baseline: a[key],
    candidate: b[key],
  }));
  const [was, is] = [baseline.tool.version, candidate.tool.version];
  return was === is ? found : [...found, { key: 'bench', baseline: was, candidate: is }];
}

const labels: Readonly<Record<keyof Machine, string>> = {
  os: 'operating system',
  kernel: 'kernel',
  arch: 'architecture',
  cpu: 'processor',
  cores: 'cores',
  memoryBytes: 'memory',
  node: 'Node of the harness',
  governor: 'governor',
  virtualisation: 'virtualisation',
};

const shown = (machine: Machine): Readonly<Record<keyof Machine, string>> => ({
  ...machine,
  cores: String(machine.cores),
  memoryBytes: `${(machine.memoryBytes / 2 ** 30).toFixed(1)} GiB`,
  governor: machine.governor ?? 'not readable',
  virtualisation: machine.virtualisation ?? 'none found',
});

/** `kernel 6.1 → 6.8, cores 4 → 8`. */
export const conditionWords = (found: readonly Difference[]): string =>
  found.map(({ key, baseline, candidate }) => `${key} ${baseline} → ${candidate}`).join(', ');
