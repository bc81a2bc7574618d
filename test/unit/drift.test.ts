import { describe, expect, it } from 'vitest';
import { driftWarning } from '../../src/analysis/drift.ts';
import type { MeasuredLaunch } from '../../src/analysis/launches.ts';

/** A launch of 10 blocks whose candidate costs `change` more in the first half, and `later` more in the second. */
function launch(change: number, later: number, noise: number): MeasuredLaunch {
  const slices = Array.from({ length: 10 }, (_, block) =>
    (['baseline', 'candidate'] as const).map((role) => {
      const more = role === 'baseline' ? 0 : (block < 5 ? change : later) + noise;
      return { kind: 'slice', block, role, requests: 100, clientCpuUs: 1000 * (1 + more) };
    }),
  ).flat();
  return { slices } as unknown as MeasuredLaunch;
}
const launches = (change: number, later: number) =>
  [0.001, -0.002, 0.0015, -0.001, 0.002, 0].map((noise, i) =>
    launch(change, later + (i % 2 === 0 ? noise : -noise), noise),
  );

describe('a change that moves while it is measured', () => {
  it('is told, with both figures', () => {
    const warning = driftWarning(launches(-0.25, -0.12), 'cpuPerRequest', 0.02);
    expect(warning?.code).toBe('drift');
    expect(warning?.message).toContain('−25 % in the first half');
    expect(warning?.message).toContain('−12 % in the second');
  });

  it.each([
    ['a change that stays', launches(0.3, 0.3)],
    ['a movement within the margin', launches(0.1, 0.11)],
    ['too few launches', launches(-0.25, -0.12).slice(0, 3)],
  ])('is not seen in %s', (_, of) => {
    expect(driftWarning(of, 'cpuPerRequest', 0.02)).toBeNull();
  });
});
