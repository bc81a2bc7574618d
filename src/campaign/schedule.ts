import type { Cell, Plan } from '../model/plan.ts';
import { randomFrom, shuffled } from '../stats/random.ts';

export interface ScheduledLaunch {
  readonly round: number;
  readonly cell: Cell;
}

/** One launch of every cell a round, reshuffled each time: a noisy minute hits all cells alike. */
export function scheduleOf(plan: Plan): ScheduledLaunch[] {
  return Array.from({ length: plan.measure.launches }, (_, round) =>
    shuffled(plan.cells, randomFrom(plan.seed, 'round', round)).map((cell) => ({ round, cell })),
  ).flat();
}
