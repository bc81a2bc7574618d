import { type ByRole, type Role, roles } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';
import { trends } from '../stats/trend.ts';
import { type Grain, stepOf } from './grain.ts';
import type { MeasuredSlice } from './slice.ts';
import { isExercised } from './warm-floor.ts';

/** Slices per arm that must show no trend: the last of them, at least four. And the drift that is let pass. */
const window = { fewest: 4, most: 6 };
const tolerance = 0.05;
/** A warm-up slice aims at this: short enough for a window of each arm within the cap. */
const aimMs = 15;

export interface Warm {
  readonly slices: number;
  readonly ms: number;
  readonly steady: boolean;
  /** As each whole arm delivers them: the best of its last slices, which is nearest to what it does once it is warm. */
  readonly msPerRequest: ByRole<number>;
}

/**
 * Both arms in turn, the same number of requests each, until the CPU per request of neither trends or
 * the cap is reached. At the cap the launch is used all the same, and marked: to drop it would select.
 */
export async function warmUp(
  run: (role: Role, requests: number) => Promise<MeasuredSlice>,
  options: {
    readonly arms: ByRole<Settings>;
    readonly grain: Grain;
    readonly capMs: number;
    readonly now: () => number;
  },
): Promise<Warm> {
  const { arms, grain, capMs, now } = options;
  const cpu: Record<Role, number[]> = { baseline: [], candidate: [] };
  const startedAt = now();
  const msPerRequest: Record<Role, number[]> = { baseline: [], candidate: [] };
  const fastest = (role: Role): number => Math.min(...msPerRequest[role].slice(-window.most));
  let requests = grain.least;
  let sent = 0;
  const spentMs: Record<Role, number> = { baseline: 0, candidate: 0 };
  const isWarm = (role: Role): boolean => {
    const done = { requests: sent, ms: spentMs[role] };
    return isExercised(arms[role], done) && isSteady(cpu[role]);
  };
  for (let round = 1; ; round += 1) {
    for (const role of turn(round)) {
      const slice = await run(role, requests);
      cpu[role].push(cpuPerRequestOf(slice));
      msPerRequest[role].push(slice.wallMs / requests);
      spentMs[role] += slice.wallMs;
    }
    sent += requests;
    const steady = roles.every(isWarm);
    const ms = now() - startedAt;
    const speeds = { baseline: fastest('baseline'), candidate: fastest('candidate') };
    if (steady || ms >= capMs) return { slices: round * 2, ms, steady, msPerRequest: speeds };
    const slower = Math.max(speeds.baseline, speeds.candidate);
    const step = stepOf(grain, slower);
    const fits = Math.floor(aimMs / slower / step) * step;
    requests = Math.max(step, Math.min(requests * 4, fits));
  }
}

/** Of all workers. */
export const requestsOf = ({ workers }: MeasuredSlice): number =>
  workers.reduce((sum, { requests }) => sum + requests, 0);

/** Of all workers, in µs. */
export const cpuPerRequestOf = (slice: MeasuredSlice): number =>
  slice.workers.reduce((sum, { cpuUs }) => sum + cpuUs, 0) / requestsOf(slice);

/** Neither arm is always the first. */
export const turn = (round: number): readonly [Role, Role] =>
  round % 2 === 0 ? ['candidate', 'baseline'] : ['baseline', 'candidate'];

export const isSteady = (values: readonly number[]): boolean =>
  values.length >= window.fewest && !trends(values.slice(-window.most), tolerance);
