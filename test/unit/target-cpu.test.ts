import { describe, expect, it } from 'vitest';
import type { MeasuredLaunch } from '../../src/analysis/launches.ts';
import { coarseTargetCpu, readTargetCpu } from '../../src/analysis/target-cpu.ts';
import type { Role } from '../../src/model/plan.ts';

interface Arm {
  /** Of each slice; the second worker's row never has any. */
  readonly slices: readonly (number | null)[];
  readonly reportedUs: number | null;
  readonly treeUs: number | null;
}

function launch(arms: Readonly<Record<Role, Arm>>): MeasuredLaunch {
  const rows = (role: Role) =>
    arms[role].slices.flatMap((targetCpuUs) => [
      { role, worker: 0, targetCpuUs },
      { role, worker: 1, targetCpuUs: null },
    ]);
  const end = ({ reportedUs, treeUs }: Arm) => ({ target: { cpu: { reportedUs, treeUs } } });
  return {
    slices: [...rows('baseline'), ...rows('candidate')],
    finish: { arms: { baseline: end(arms.baseline), candidate: end(arms.candidate) } },
  } as unknown as MeasuredLaunch;
}

const node: Arm = { slices: [400_000, 400_000], reportedUs: 810_000, treeUs: 840_000 };
const other: Arm = { slices: [null, null], reportedUs: null, treeUs: 600_000 };

describe("the target's CPU in a launch", () => {
  it('is that of the slices where both arms report it', () => {
    expect(readTargetCpu(launch({ baseline: node, candidate: node }))).toEqual({
      by: 'slices',
      cpuUs: { baseline: 800_000, candidate: 800_000 },
    });
  });

  it("is the kernel's in both arms where one does not report", () => {
    expect(readTargetCpu(launch({ baseline: node, candidate: other }))).toEqual({
      by: 'launch',
      cpuUs: { baseline: 840_000, candidate: 600_000 },
    });
  });

  it("is the kernel's where a process that works does not report", () => {
    const wrapper = { ...node, reportedUs: 20_000 };
    expect(readTargetCpu(launch({ baseline: wrapper, candidate: wrapper })).by).toBe('launch');
  });

  it('is not known where neither says', () => {
    const unread = { ...other, treeUs: null };
    const { cpuUs } = readTargetCpu(launch({ baseline: other, candidate: unread }));
    expect(cpuUs).toEqual({ baseline: 600_000, candidate: null });
  });

  it('is said to be coarse where ticks are read and the target did little', () => {
    const little = { ...other, treeUs: 40_000 };
    expect(coarseTargetCpu([launch({ baseline: other, candidate: other })])).toBeNull();
    expect(coarseTargetCpu([launch({ baseline: node, candidate: node })])).toBeNull();
    expect(coarseTargetCpu([launch({ baseline: other, candidate: little })])?.message).toContain(
      '40 ms only',
    );
  });
});
