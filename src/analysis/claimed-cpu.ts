import { roles } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import type { MeasuredLaunch } from './launches.ts';

/** Shares of a core. An engine's own meter reads the kernel in steps of 10 ms, and at its own times. */
const apart = 0.1;

/** An engine that says of its CPU what we do not count is measured wrongly by one of us. */
export function claimedCpu(
  launches: readonly Pick<MeasuredLaunch, 'finish'>[],
  engine: string,
): Warning | null {
  const samples = launches.flatMap(({ finish }) =>
    roles.flatMap((role) => finish.arms[role].workers.flatMap(({ claimedCpu }) => claimedCpu)),
  );
  if (samples.length === 0) return null;
  const mean = (of: (sample: (typeof samples)[number]) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [claimed, counted] = [mean((s) => s.claimed), mean((s) => s.counted)];
  if (Math.abs(claimed - counted) <= apart) return null;
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  return {
    code: 'claimed-cpu',
    message: `${engine} says that a worker took ${percent(claimed)} of a core, and ${percent(counted)} were counted over the same time (${samples.length} samples)`,
    next: 'Look whether its workers start processes of their own: those are in no figure.',
  };
}
