import type { Cell, Plan } from '../model/plan.ts';
import { clientName } from '../model/names.ts';
import { coin, randomFrom, shuffled } from '../stats/random.ts';

export interface ScheduledLaunch {
  readonly round: number;
  readonly cell: Cell;
  /** Where both arms run the same versions from two folders: whether the arms have changed folders. */
  readonly swapped: boolean;
}

/** One launch of every cell that is still measured, reshuffled each round: a noisy minute hits all alike. */
export const roundOf = (plan: Plan, round: number, cells: readonly Cell[]): ScheduledLaunch[] =>
  shuffled(cells, randomFrom(plan.seed, 'round', round)).map((cell) => ({
    ...{ round, cell },
    swapped: isTwin(cell) && isSwapped(plan.seed, cell, round),
  }));

const isTwin = ({ arms: { baseline, candidate } }: Cell): boolean =>
  baseline.client.remote === null && clientName(baseline) === clientName(candidate);

/** One of each two rounds, at random: what a folder costs, by its place on the disk and in memory, then falls out of the mean. */
const isSwapped = (seed: number, cell: Cell, round: number): boolean =>
  coin(randomFrom(seed, cell.id, 'swapped', Math.floor(round / 2))) !== (round % 2 === 0);
