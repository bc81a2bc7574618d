import type { Bottleneck } from '../model/report.ts';
import type { ArmTotals } from './arm-totals.ts';

const busy = 0.9;

/** CPU of the client's workers and of the target as shares of the cores that they were given; a resolver has the target's. */
function utilisation(arms: readonly ArmTotals[]): { client: number; target: number | null } {
  const sum = (of: (arm: ArmTotals) => number): number => arms.reduce((t, arm) => t + of(arm), 0);
  const workerUs = sum((arm) => arm.workers.reduce((t, w) => t + w.wallUs, 0));
  const wallUs = sum((arm) => Math.max(...arm.workers.map((w) => w.wallUs)));
  const known = arms.every(({ targetCpuUs }) => targetCpuUs !== null);
  return {
    client: sum((arm) => arm.clientCpuUs) / workerUs,
    target: known
      ? sum((arm) => (arm.targetCpuUs ?? 0) + (arm.resolver?.cpuUs ?? 0)) / wallUs
      : null,
  };
}

/** Whose cores were at least 90 % busy over all launches of an arm. */
export function bottleneckOf(arms: readonly ArmTotals[]): Bottleneck {
  if (arms.length === 0) return 'unknown';
  const { client, target } = utilisation(arms);
  if (target === null) return client >= busy ? 'client' : 'unknown';
  if (client >= busy && target >= busy) return 'both';
  if (client >= busy) return 'client';
  return target >= busy ? 'target' : 'neither';
}
