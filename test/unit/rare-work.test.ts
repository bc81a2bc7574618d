import { describe, expect, it } from 'vitest';
import type { MeasuredLaunch } from '../../src/analysis/launches.ts';
import { rareWork } from '../../src/analysis/rare-work.ts';

/** A launch of 20 blocks. The candidate costs `burst` more in one of them; a little noise makes launches differ. */
function launch(burst: number, noise: number, reports = true): MeasuredLaunch {
  const slices = Array.from({ length: 20 }, (_, block) =>
    (['baseline', 'candidate'] as const).map((role) => {
      const more = role === 'baseline' ? 0 : noise + (block === 7 ? burst : 0);
      const timeUs = 1000 * (1 + more);
      const targetCpuUs = reports ? timeUs : null;
      return { kind: 'slice', block, role, worker: 0, requests: 100, targetCpuUs };
    }),
  ).flat();
  return { slices } as unknown as MeasuredLaunch;
}
const noises = [0.001, -0.002, 0.0015, -0.001, 0.002, 0];
const launches = (burst: number, reports = true) =>
  noises.map((noise) => launch(burst, noise, reports));

describe('work that is done now and then', () => {
  it('is told, with what the totals see and typical blocks do not', () => {
    const warning = rareWork(launches(2), 'targetCpuPerRequest', 0.05);
    expect(warning?.code).toBe('rare-work');
    // Twice more in one block of 20: 10 % of all.
    expect(warning?.message).toContain('target CPU per request is 9.5 points larger');
  });

  it.each([
    ['work that each block does', launches(0)],
    ['a burst within the margin', launches(0.5)],
    ['too few launches', launches(2).slice(0, 3)],
    ['a target that does not report by the slice', launches(2, false)],
  ])('is not seen in %s', (_, of) => {
    expect(rareWork(of, 'targetCpuPerRequest', 0.05)).toBeNull();
  });
});
