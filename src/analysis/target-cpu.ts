import type { SliceRow, TargetCpu } from '../model/journal.ts';
import { type ByRole, type Role, roles } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import type { MeasuredLaunch } from './launches.ts';

/**
 * How much less than the kernel's count the processes' own may be before work went unseen: ticks of 10 ms per
 * process are rounded off, and a shell or a wrapper around the server works a little.
 */
const unseenShare = 0.1;
const unseenUs = 50_000;

/** Exact, by the slices; or by the kernel's ticks, over the launch. */
export type TargetReading = 'slices' | 'launch';

interface Reading {
  readonly by: TargetReading;
  /** Null where it could not be read. */
  readonly cpuUs: ByRole<number | null>;
}

/**
 * The target's CPU over the measured slices of one launch. Exact by the slices where the target's processes
 * report all that they do, else by the kernel over the whole launch: the target rests while the other arm runs.
 * Both arms are read in the same way, or they could not be compared.
 * @param finest what every launch that this one is compared with can be read by.
 */
export function readTargetCpu(launch: MeasuredLaunch, finest: TargetReading = 'slices'): Reading {
  const reports = {
    baseline: reported(launch, 'baseline'),
    candidate: reported(launch, 'candidate'),
  };
  if (finest === 'slices' && roles.every((role) => reports[role] !== null))
    return { by: 'slices', cpuUs: reports };
  const { baseline, candidate } = launch.finish.arms;
  const cpuUs = { baseline: baseline.target.cpu.treeUs, candidate: candidate.target.cpu.treeUs };
  return { by: 'launch', cpuUs };
}

/** The finest that all of these launches can be read by. */
export const commonReading = (launches: readonly MeasuredLaunch[]): TargetReading =>
  launches.every((launch) => readTargetCpu(launch).by === 'slices') ? 'slices' : 'launch';

/** Below this in a launch, the kernel's ticks are an error of about 1 %. */
const enoughUs = 500_000;

/** Said where the ticks are too coarse for what the target did. */
export function coarseTargetCpu(
  launches: readonly MeasuredLaunch[],
  finest: TargetReading = 'slices',
): Warning | null {
  const ticks = launches
    .map((launch) => readTargetCpu(launch, finest))
    .flatMap(({ by, cpuUs }) => (by === 'launch' ? [cpuUs.baseline, cpuUs.candidate] : []))
    .filter((us) => us !== null);
  const least = Math.min(...ticks);
  if (least >= enoughUs) return null;
  return {
    code: 'target-cpu-coarse',
    message: `the target's CPU is read in ticks of 10 ms, and in some launch it used ${least / 1000} ms only`,
    next: 'Raise measure.sliceTime until it uses 500 ms or more.',
  };
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
