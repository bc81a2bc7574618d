import { plannedCost } from '../matrix/budget.ts';
import { shownDuration } from '../matrix/quantities.ts';
import type { Plan } from '../model/plan.ts';

/** `5 cells, 30 to 80 launches, 150s to 180s`: how much depends on what is decided early. */
export function shownCost(plan: Plan): string {
  const { launches, ms } = plannedCost(plan);
  const cells = plan.cells.length === 1 ? '1 cell' : `${plan.cells.length} cells`;
  return launches.least === launches.most
    ? `${cells}, ${launches.most} launches, about ${shownDuration(ms.most)}`
    : `${cells}, ${launches.least} to ${launches.most} launches, ${shownDuration(Math.min(ms.least, ms.most))} to ${shownDuration(ms.most)}`;
}
