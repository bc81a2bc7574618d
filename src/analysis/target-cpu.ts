import type { SliceRow, TargetCpu } from '../model/journal.ts';
import { type ByRole, type Role, roles } from '../model/plan.ts';
import type { MeasuredLaunch } from './launches.ts';

/**
 * How much less than the kernel's count the processes' own may be before work went unseen: ticks of 10 ms per
 * process are rounded off, and a shell or a wrapper around the server works a little.
 */
const unseenShare = 0.1;
const unseenUs = 50_000;

/**
 * The target's CPU over the measured slices of one launch; null where it could not be read. Exact by the slices
 * where the target's processes report all that they do, else by the kernel over the whole launch: the target
 * rests while the other arm runs. Both arms are read in the same way, or they could not be compared.
 */
export function targetCpuOf(launch: MeasuredLaunch): ByRole<number | null> {
  const bySlice = {
    baseline: reported(launch, 'baseline'),
    candidate: reported(launch, 'candidate'),
  };
  if (roles.every((role) => bySlice[role] !== null)) return bySlice;
  const { baseline, candidate } = launch.finish.arms;
  return { baseline: baseline.target.cpu.treeUs, candidate: candidate.target.cpu.treeUs };
}

/** Null where a slice has no figure, or where the figures leave work out. */
function reported({ slices, finish }: MeasuredLaunch, role: Role): number | null {
  if (missesWork(finish.arms[role].target.cpu)) return null;
  return slices
    .filter((row) => row.role === role && leads(row))
    .reduce<number | null>(
      (sum, { targetCpuUs }) => (sum === null || targetCpuUs === null ? null : sum + targetCpuUs),
      0,
    );
}

/** What is the target's stands on the row of the first worker. */
export const leads = ({ worker }: SliceRow): boolean => worker === 0;

const missesWork = ({ reportedUs, treeUs }: TargetCpu): boolean =>
  reportedUs !== null && treeUs !== null && treeUs - reportedUs > treeUs * unseenShare + unseenUs;
