import { describe, expect, it } from 'vitest';
import type { MeasuredLaunch } from '../../src/analysis/launches.ts';
import { lengthsDisagree } from '../../src/analysis/slice-lengths.ts';

/** A launch of ten blocks whose candidate costs `short` more in slices of even blocks, `long` more in those of odd ones. */
function launch(short: number, long: number, kind: 'time' | 'requests' = 'time'): MeasuredLaunch {
  const slices = Array.from({ length: 10 }, (_, block) =>
    (['baseline', 'candidate'] as const).map((role) => {
      const more = role === 'baseline' ? 0 : block % 2 === 0 ? short : long;
      const time = 1000 * (1 + more);
      return { block, role, worker: 0, requests: 100, clientCpuUs: time, wallUs: time };
    }),
  ).flat();
  const work = kind === 'time' ? { kind, ms: [20, 40] } : { kind, requests: 100 };
  return { opened: { work }, slices } as unknown as MeasuredLaunch;
}
const noise = [0.001, -0.002, 0.0015, -0.001, 0.002, 0];
const launches = (short: number, long: number, kind?: 'time' | 'requests') =>
  noise.map((some) => launch(short + some, long - some, kind));

describe('slices of two lengths', () => {
  it.each([
    ['cpuPerRequest', '+10 % in short slices, +5.0 % in slices of twice the length'],
    // The same time per request more is a rate that falls.
    ['rps', '−9.1 % in short slices, −4.7 % in slices of twice the length'],
  ] as const)('disagree: %s tells both changes', (metric, changes) => {
    const reason = lengthsDisagree(launches(0.1, 0.05), metric, 0.02);
    expect(reason).toContain(changes);
    expect(reason).toMatch(/; use engine http/);
  });

  it.each([
    ['the change is the same in both', launches(0.3, 0.3)],
    ['they differ within the margin', launches(0.1, 0.11)],
    ['there are too few launches', launches(0.1, 0.05).slice(0, 3)],
    ['nothing was paused', launches(0.1, 0.05, 'requests')],
  ])('do no harm where %s', (_, of) => {
    expect(lengthsDisagree(of, 'cpuPerRequest', 0.02)).toBeNull();
  });
});
