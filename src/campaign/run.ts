import type { NetworkMeter } from '../machine/network.ts';
import { type LaunchOptions, runLaunch } from '../measure/launch.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { JournalRow } from '../model/journal.ts';
import { type Cell, otherRole, type Plan, type Role } from '../model/plan.ts';
import { ChildFailure } from '../process/child.ts';
import { randomFrom } from '../stats/random.ts';
import { cellsWithUsers } from './capacity.ts';
import { failureOf } from './failure.ts';
import { look } from './look.ts';
import { Pace } from './pace.ts';
import type { LaunchProgress } from './progress.ts';
import { roundOf, type ScheduledLaunch } from './schedule.ts';

/** A launch that fails is repeated this often; then its cell is given up. */
const repeats = 2;

export interface CampaignWorld {
  readonly write: (row: JournalRow) => void;
  readonly now: () => number;
  readonly signals: LaunchOptions['signals'];
  readonly network: () => NetworkMeter;
  /** @param files the role whose runtime and engine this arm runs: its own, or the other's where the launch is swapped. */
  readonly armOf: (cell: Cell, role: Role, files: Role) => ReturnType<LaunchOptions['armOf']>;
  /** @throws BenchFailure `interrupted` once somebody asked us to stop. */
  readonly aborted: () => void;
  /** Called between launches only: nothing is drawn while a slice runs. */
  readonly progress: LaunchProgress;
}

/**
 * Rounds of one launch per cell. At each look the cells that are decided drop out, and their time goes to
 * the others, until none is left, the last look is taken, or the budget has no room for another round.
 */
export async function runCampaign(plan: Plan, world: CampaignWorld): Promise<void> {
  const rows: JournalRow[] = [];
  const write = (row: JournalRow): void => {
    rows.push(row);
    world.write(row);
  };
  const { looks, budgetMs } = plan.measure;
  const startedAt = world.now();
  const elapsed = (): number => world.now() - startedAt;
  let measured = await cellsWithUsers(plan, { ...world, write });
  const pace = new Pace(plan.measure);
  let launch = 0;
  let round = 0;
  const affordable = (): boolean => {
    if (budgetMs === null || round < looks[0]) return true;
    return elapsed() + pace.roundMs(measured) <= budgetMs;
  };

  for (const [index, launches] of looks.entries()) {
    for (; round < launches && measured.length > 0 && affordable(); round += 1) {
      for (const scheduled of roundOf(plan, round, measured)) {
        world.progress({ launch: launch + 1, cell: scheduled.cell.id });
        const measure = pace.measureOf(scheduled.cell);
        const before = elapsed();
        const outcome = await launchUntilItCounts({ ...plan, measure }, scheduled, launch, {
          ...{ ...world, write, now: elapsed },
        });
        // A launch that hung and was repeated tells nothing of the next.
        if (outcome.attempts === 1) pace.ran(scheduled.cell, elapsed() - before);
        launch += outcome.attempts;
        if (outcome.givenUp) measured = measured.filter((cell) => cell !== scheduled.cell);
      }
    }
    // The last look is the report's: nothing can follow it.
    if (round < launches || index === looks.length - 1) break;
    const leftMs = budgetMs === null ? Number.POSITIVE_INFINITY : budgetMs - elapsed();
    const row = look(plan, round, measured, rows, leftMs);
    write(row);
    pace.follow(row);
    measured = measured.filter(({ id }) => row.decided.every((decided) => decided.cell !== id));
  }
  world.progress(null);
}

/** A launch, and its repetitions while it fails. */
async function launchUntilItCounts(
  plan: Plan,
  scheduled: ScheduledLaunch,
  before: number,
  world: CampaignWorld,
): Promise<{ readonly attempts: number; readonly givenUp: boolean }> {
  const cell = scheduled.cell.id;
  for (let attempt = 0; ; attempt += 1) {
    world.aborted();
    const launch = before + attempt + 1;
    const failure = await tryLaunch(plan, scheduled, launch, attempt, world);
    if (failure === null) return { attempts: attempt + 1, givenUp: false };
    world.write({ kind: 'void', launch, cell, attempt, ...failure });
    if (attempt < repeats) continue;
    const { reason, stderrTail } = failure;
    const why = `${repeats + 1} launches in a row failed; the last: ${reason}`;
    world.write({ kind: 'give-up', cell, reason: why, stderrTail });
    return { attempts: attempt + 1, givenUp: true };
  }
}

/** What went wrong, or null. Only a process that failed makes a launch void; a defect of ours is thrown on. */
async function tryLaunch(
  plan: Plan,
  { cell, round, swapped }: ScheduledLaunch,
  launch: number,
  attempt: number,
  world: CampaignWorld,
): Promise<ReturnType<typeof failureOf> | null> {
  const network = world.network();
  try {
    await runLaunch({
      ...{ launch, round, attempt, cell, swapped, measure: plan.measure },
      random: randomFrom(plan.seed, cell.id, round, attempt),
      now: world.now,
      ...{ network, signals: world.signals },
      armOf: (role) => world.armOf(cell, role, swapped ? otherRole(role) : role),
      write: world.write,
      aborted: world.aborted,
    });
    return null;
  } catch (error) {
    // Killed children of an interrupted run fail too: that is not the launch's fault.
    world.aborted();
    if (error instanceof ChildFailure) return failureOf(error, network);
    if (error instanceof BenchFailure) throw error;
    throw new Error(`launch ${launch} of ${cell.id}: ${messageOf(error)}`, { cause: error });
  } finally {
    network.close();
  }
}
