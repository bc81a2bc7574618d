import path from 'node:path';
import { type Foresight, foresee } from '../analysis/foresight.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Machine } from '../model/fingerprint.ts';
import type { HeaderRow } from '../model/journal.ts';
import { metrics } from '../model/metrics.ts';
import type { Plan } from '../model/plan.ts';
import { type Journal, readJournal } from '../store/journal.ts';
import { journalFile, listRuns } from '../store/runs.ts';

/** A journal has some megabytes: older ones are not searched. */
const newest = 4;

/** What the newest complete run that is like the planned one leads to expect; empty where there is none. */
export function expectations(plan: Plan, machine: Machine, root: string): Foresight[] {
  // Alone nothing is compared, and unpaired the scatter of a paired ratio tells nothing.
  if (plan.label !== null || plan.compare.kind === 'unpaired') return [];
  const runs = listRuns(root).filter(
    ({ matrix, state }) => matrix === plan.matrix.name && state === 'complete',
  );
  for (const { id } of runs.slice(0, newest)) {
    const journal = readOrNull(journalFile(path.join(root, id)));
    if (journal === null || !isLike(journal.header, plan, machine)) continue;
    const foreseen = foresee(plan, journal.header, journal.rows);
    if (foreseen.length > 0) return foreseen;
  }
  return [];
}

/** A damaged journal, or one of another release, only means that nothing is known. */
function readOrNull(file: string): Journal | null {
  try {
    return readJournal(file);
  } catch (error) {
    if (error instanceof BenchFailure) return null;
    throw error;
  }
}

/** Same machine and same kind of launch; otherwise its noise says nothing of this run's. */
const isLike = ({ plan, machine }: HeaderRow, planned: Plan, here: Machine): boolean =>
  plan.measure.sliceTimeMs === planned.measure.sliceTimeMs &&
  plan.measure.warmupMs === planned.measure.warmupMs &&
  machine.cpu === here.cpu &&
  machine.cores === here.cores;

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** `client CPU per request: sees 1.2 %; 2.0 % takes 6 launches, 27 s` */
export const shownForesight = ({ metric, detectable, margin }: Foresight): string => {
  const takes =
    margin === null
      ? ''
      : `; ${percent(margin.size)} takes ${margin.launches} launches, ${Math.ceil(margin.ms / 1000)} s`;
  return `${metrics[metric].label}: sees ${percent(detectable)}${takes}`;
};

/** One line for the header of a run: over all cells and gating metrics. */
export function shownRange(foreseen: readonly Foresight[]): string | null {
  if (foreseen.length === 0) return null;
  const seen = foreseen.map(({ detectable }) => detectable);
  return `by the last run here it should see changes of ${percent(Math.min(...seen))} to ${percent(Math.max(...seen))}, by cell and metric (80 % power)`;
}
