import { clientName } from '../model/names.ts';
import { type Cell, combinationOf, type Plan } from '../model/plan.ts';
import { coin, randomFrom, shuffled } from '../stats/random.ts';

export interface ScheduledLaunch {
  readonly round: number;
  readonly cell: Cell;
  /** Where both arms run the same versions from two folders: whether the arms have changed folders. */
  readonly swapped: boolean;
}

/**
 * One launch of every cell that is still measured, reshuffled each round: a noisy minute hits all alike. Of several
 * candidates the places of a combination go to each in turn.
 */
export function roundOf(plan: Plan, round: number, cells: readonly Cell[]): ScheduledLaunch[] {
  const places = shuffled(cells, randomFrom(plan.seed, 'round', round));
  const waiting = inTurn(plan, round, cells);
  return places.map((place) => {
    const cell = waiting.get(combinationOf(place, plan.compare))?.shift() ?? place;
    return { round, cell, swapped: isTwin(cell) && isSwapped(plan.seed, cell, round) };
  });
}

/**
 * The cells of each combination, which differ in their candidate, in the order in which they have their launches of a
 * round. Combinations with the same candidates begin with different ones, so that within a round too each is
 * first equally often.
 */
function inTurn(plan: Plan, round: number, cells: readonly Cell[]): Map<string, Cell[]> {
  const combinations = new Map<string, Cell[]>();
  for (const cell of cells) {
    const combination = combinationOf(cell, plan.compare);
    combinations.set(combination, [...(combinations.get(combination) ?? []), cell]);
  }
  const alike = new Map<string, number>();
  for (const [combination, rivals] of combinations) {
    const names = JSON.stringify(rivals.map(({ candidate }) => candidate));
    const start = alike.get(names) ?? 0;
    alike.set(names, start + 1);
    combinations.set(combination, turned(rivals, plan.seed, round, start));
  }
  return combinations;
}

/**
 * A circle, drawn, that begins one further in each round: in as many rounds as there are candidates each has every place
 * once (a Latin square). The next as many rounds have its mirror, so that over both each goes before each other equally
 * often, and whatever changes steadily within a round favours none.
 */
function turned(rivals: readonly Cell[], seed: number, round: number, start: number): Cell[] {
  const square = Math.floor(round / rivals.length);
  const drawn = shuffled(rivals, randomFrom(seed, 'candidates', Math.floor(square / 2)));
  const circle = square % 2 === 0 ? drawn : drawn.toReversed();
  const first = (round + start) % rivals.length;
  return [...circle.slice(first), ...circle.slice(0, first)];
}

const isTwin = ({ arms: { baseline, candidate } }: Cell): boolean =>
  baseline.client.remote === null && clientName(baseline) === clientName(candidate);

/** One of each two rounds, at random: what a folder costs, by its place on the disk and in memory, then falls out of the mean. */
const isSwapped = (seed: number, cell: Cell, round: number): boolean =>
  coin(randomFrom(seed, cell.id, 'swapped', Math.floor(round / 2))) !== (round % 2 === 0);
