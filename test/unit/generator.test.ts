import { describe, expect, it } from 'vitest';
import type { ArmTotals } from '../../src/analysis/arm-totals.ts';
import { generatorBound } from '../../src/analysis/generator.ts';

/** An arm of one worker that answered so many requests in a second of wall time and of CPU. */
function arm(requests: number, intendedRate: number | null): ArmTotals {
  const undisturbed = { requests, wallUs: 1e6 };
  const workers = [{ worker: 0, requests, wallUs: 1e6, cpuUs: 1e6, undisturbed }];
  return { workers, requests, intendedRate, clientCpuUs: 1e6 } as unknown as ArmTotals;
}
const launches = (candidate: number, intended: number | null = 150) =>
  [0, 1].map(() => ({ baseline: arm(150, intended), candidate: arm(candidate, intended) }));

describe('paced load that is not kept', () => {
  it('for want of CPU in the load generator: says how many workers would do', () => {
    const warning = generatorBound(launches(50), { baseline: 'neither', candidate: 'client' });
    // 20 ms each: 150 a second are three cores, and four are no more than 75 % busy.
    expect(warning?.message).toBe(
      'the load generator is the bottleneck (candidate: 1 worker achieves 33 % of 150 requests/s, 4 workers would do, at 75 % of a core each)',
    );
  });

  it.each([
    ['a load that is kept', launches(145), 'client'],
    ['a target that is too slow', launches(50), 'target'],
    ['closed load, which intends no rate', launches(50, null), 'client'],
    ['no launch', [], 'unknown'],
  ] as const)('is not said of %s', (_, of, candidate) => {
    expect(generatorBound(of, { baseline: 'neither', candidate })).toBeNull();
  });
});
