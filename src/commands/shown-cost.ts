import { plannedCost } from '../matrix/budget.ts';
import { shownDuration } from '../matrix/quantities.ts';
import type { Plan } from '../model/plan.ts';
import { count } from '../model/units.ts';

/** `5 cells, 30 to 80 launches, 150s to 180s`: how much depends on what is decided early. */
export function shownCost(plan: Plan): string {
  const { launches, ms } = plannedCost(plan);
  const counts =
    launches.least === launches.most
      ? count(launches.most, 'launch', 'launches')
      : `${launches.least} to ${launches.most} launches`;
  const time =
    ms.least < ms.most
      ? `${shownDuration(ms.least)} to ${shownDuration(ms.most)}`
      : `about ${shownDuration(ms.most)}`;
  return `${count(plan.cells.length, 'cell')}, ${counts}, ${time}`;
}
