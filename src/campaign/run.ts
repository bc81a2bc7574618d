import { type LaunchOptions, runLaunch } from '../measure/launch.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { JournalRow } from '../model/journal.ts';
import type { Cell, Plan, Role } from '../model/plan.ts';
import { ChildFailure } from '../process/child.ts';
import { randomFrom } from '../stats/random.ts';
import { type ScheduledLaunch, scheduleOf } from './schedule.ts';

/** A launch that fails is repeated this often; then its cell is given up. */
const repeats = 2;

export interface CampaignWorld {
  readonly write: (row: JournalRow) => void;
  readonly now: () => number;
  readonly signals: LaunchOptions['signals'];
  readonly armOf: (cell: Cell, role: Role) => ReturnType<LaunchOptions['armOf']>;
  /** @throws BenchFailure `interrupted` once somebody asked us to stop. */
  readonly aborted: () => void;
  /** Called between launches only: nothing is drawn while a slice runs. */
  readonly progress: (done: number, all: number, next: ScheduledLaunch | null) => void;
}

/**
 * The loop over the schedule. Looks and early stopping belong here: after a round, the launches that
 * are left of a decided cell would be dropped from `schedule`.
 */
export async function runCampaign(plan: Plan, world: CampaignWorld): Promise<void> {
  const schedule = scheduleOf(plan);
  const givenUp = new Set<string>();
  let launch = 0;
  for (const [done, scheduled] of schedule.entries()) {
    world.progress(done, schedule.length, scheduled);
    if (givenUp.has(scheduled.cell.id)) continue;
    for (let attempt = 0; ; attempt += 1) {
      world.aborted();
      launch += 1;
      const failure = await tryLaunch(plan, scheduled, launch, attempt, world);
      if (failure === null) break;
      const { reason, stderrTail } = failure;
      const cell = scheduled.cell.id;
      world.write({ kind: 'void', launch, cell, attempt, reason, stderrTail });
      if (attempt < repeats) continue;
      givenUp.add(cell);
      world.write({
        kind: 'give-up',
        cell,
        reason: `${repeats + 1} launches in a row failed; the last: ${reason}`,
        stderrTail,
      });
      break;
    }
  }
  world.progress(schedule.length, schedule.length, null);
}

/** What went wrong, or null. Only a process that failed makes a launch void; a defect of ours is thrown on. */
async function tryLaunch(
  plan: Plan,
  { cell, round }: ScheduledLaunch,
  launch: number,
  attempt: number,
  world: CampaignWorld,
): Promise<{ reason: string; stderrTail: string } | null> {
  try {
    await runLaunch({
      ...{ launch, round, attempt, cell, measure: plan.measure },
      random: randomFrom(plan.seed, cell.id, round, attempt),
      now: world.now,
      signals: world.signals,
      armOf: (role) => world.armOf(cell, role),
      write: world.write,
      aborted: world.aborted,
    });
    return null;
  } catch (error) {
    // Killed children of an interrupted run fail too: that is not the launch's fault.
    world.aborted();
    if (error instanceof ChildFailure)
      return { reason: error.message, stderrTail: error.stderrTail };
    if (error instanceof BenchFailure) throw error;
    throw new Error(`launch ${launch} of ${cell.id}: ${messageOf(error)}`, { cause: error });
  }
}
