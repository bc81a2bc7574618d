import type { Cell, Plan } from '../model/plan.ts';
import { randomFrom, shuffled } from '../stats/random.ts';

export interface ScheduledLaunch {
  readonly round: number;
  readonly cell: Cell;
}

/** One launch of every cell that is still measured, reshuffled each round: a noisy minute hits all alike. */
export const roundOf = (plan: Plan, round: number, cells: readonly Cell[]): ScheduledLaunch[] =>
  shuffled(cells, randomFrom(plan.seed, 'round', round)).map((cell) => ({ round, cell }));
