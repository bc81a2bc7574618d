import { plannedCost } from '../matrix/budget.ts';
import { shownDuration } from '../matrix/quantities.ts';
import type { Plan } from '../model/plan.ts';

/** `5 cells, 30 to 80 launches, 150s to 180s`: how much depends on what is decided early. */
export function shownCost(plan: Plan): string {
  const { launches, ms } = plannedCost(plan);
  const cells = plan.cells.length === 1 ? '1 cell' : `${plan.cells.length} cells`;
  const counts =
    launches.least === launches.most
      ? `${launches.most} launches`
      : `${launches.least} to ${launches.most} launches`;
  const time =
    ms.least < ms.most
      ? `${shownDuration(ms.least)} to ${shownDuration(ms.most)}`
      : `about ${shownDuration(ms.most)}`;
  return `${cells}, ${counts}, ${time}`;
}
