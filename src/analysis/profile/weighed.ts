import type { ByRole, Role } from '../../model/plan.ts';
import type { KeptProfile } from '../../model/profile.ts';

/** A profile whose µs are divided by `requests` for what is shown. */
export interface Weighed extends KeptProfile {
  readonly cpuPerRequest: number;
  readonly accounted: number;
  /** In place of the number of requests: more where samples stand for more than was spent. */
  readonly divisor: number;
}

/**
 * Samples are taken by the clock, and a process that is ready without having its core is sampled too. Waiting falls on all it
 * does in proportion, so the shares are right, and are shares of the CPU that was measured.
 */
export function weighed(kept: KeptProfile, measured: number | null): Weighed {
  const { requests, cpuUs, sampledUs } = kept;
  const cpuPerRequest = measured ?? cpuUs / requests;
  const accounted = cpuPerRequest === 0 ? 0 : sampledUs / requests / cpuPerRequest;
  return { ...kept, cpuPerRequest, accounted, divisor: requests * Math.max(1, accounted) };
}

export const perRequest = (us: ByRole<number>, arms: ByRole<Weighed>): ByRole<number> => ({
  baseline: us.baseline / arms.baseline.divisor,
  candidate: us.candidate / arms.candidate.divisor,
});

/**
 * Samples fall at random with regard to the work, so their number n is Poisson's, with the variance n. Each stands for
 * w = sampled ÷ samples µs: a self time of S = nw has the variance nw² = Sw, and per request √(Sw) ÷ requests.
 */
export const noiseOf = (arms: ByRole<Weighed>) => {
  const variance = (role: Role, us: number): number => {
    const { samples, sampledUs, divisor } = arms[role];
    return samples === 0 ? 0 : (us * sampledUs) / samples / divisor ** 2;
  };
  return (us: ByRole<number>): number =>
    Math.sqrt(variance('baseline', us.baseline) + variance('candidate', us.candidate));
};
