import type { NetworkMeter } from '../machine/network.ts';
import { type LaunchOptions, runLaunch } from '../measure/launch.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { JournalRow } from '../model/journal.ts';
import { type Cell, otherRole, type Plan, type Role } from '../model/plan.ts';
import { ChildFailure } from '../process/child.ts';
import { randomFrom } from '../stats/random.ts';
import { cellsWithUsers } from './capacity.ts';
import { cellsWithContracts } from './contracts.ts';
import { failureOf } from './failure.ts';
import { look } from './look.ts';
import { Pace } from './pace.ts';
import { type ProfileWorld, profileCells } from './profiles.ts';
import type { LaunchProgress, ProfileProgress } from './progress.ts';
import { repeated } from './repeated.ts';
import { type Failure, type Outcome, Replay } from './replay.ts';
import { roundOf, type ScheduledLaunch } from './schedule.ts';

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
  /** Called before each cell that is profiled. */
  readonly profileProgress: ProfileProgress;
  readonly profiles: ProfileWorld;
}

/**
 * Rounds of one launch per cell. At each look the cells that are decided drop out, and their time goes to
 * the others, until none is left, the last look is taken, or the budget has no room for another round.
 *
 * @param stored rows of the run's journal where it is continued: what they tell is taken from them, and what is left is
 *   measured as it would have been. Empty for a new run.
 */
export async function runCampaign(
  plan: Plan,
  stored: readonly JournalRow[],
  outer: CampaignWorld,
): Promise<void> {
  const rows = [...stored];
  const replay = new Replay(stored);
  const startedAt = outer.now() - replay.elapsedMs;
  const elapsed = (): number => outer.now() - startedAt;
  const write = (row: JournalRow): void => {
    rows.push(row);
    outer.write(row);
  };
  let launch = replay.lastLaunch;
  const nextLaunch = (): number => {
    launch += 1;
    return launch;
  };
  const world: LaunchWorld = { ...outer, write, now: elapsed, nextLaunch };

  const { looks, budgetMs } = plan.measure;
  const loaded = await cellsWithUsers(plan, replay, world);
  let measured = await cellsWithContracts(loaded, replay, world);
  const pace = new Pace(plan.measure);
  let round = 0;
  const affordable = (): boolean => {
    if (budgetMs === null || round < looks[0] || replay.hasBegun(round)) return true;
    return elapsed() + pace.roundMs(measured) <= budgetMs;
  };

  for (const [index, launches] of looks.entries()) {
    for (; round < launches && measured.length > 0 && affordable(); round += 1) {
      for (const scheduled of roundOf(plan, round, measured)) {
        const { cell } = scheduled;
        const told = replay.next(cell);
        const measure = pace.measureOf(cell);
        const outcome =
          told.kind === 'open'
            ? await launchUntilItCounts({ ...plan, measure }, scheduled, told.failed, world)
            : told;
        if (outcome.kind === 'given-up') measured = measured.filter((other) => other !== cell);
        // A launch that hung and was repeated tells nothing of the next.
        else if (outcome.failed.length === 0) pace.ran(cell, outcome.ms);
      }
    }
    // The last look is the report's: nothing can follow it.
    if (round < launches || index === looks.length - 1) break;
    let row = replay.look(round);
    if (row === null) {
      const leftMs = budgetMs === null ? Number.POSITIVE_INFINITY : budgetMs - elapsed();
      row = look(plan, round, measured, rows, leftMs);
      write(row);
    }
    const { decided } = row;
    pace.follow(row);
    measured = measured.filter(({ id }) => decided.every(({ cell }) => cell !== id));
  }
  world.progress(null);
  await profileCells(plan, loaded, rows, world);
}

interface LaunchWorld extends CampaignWorld {
  readonly nextLaunch: () => number;
}

/** A launch, and its repetitions while it fails. @param before those that have failed already. */
async function launchUntilItCounts(
  plan: Plan,
  scheduled: ScheduledLaunch,
  before: readonly Failure[],
  world: LaunchWorld,
): Promise<Outcome> {
  const cell = scheduled.cell.id;
  let startedMs = world.now();
  const tried = async (attempt: number) => {
    world.aborted();
    const launch = world.nextLaunch();
    world.progress({ launch, cell });
    startedMs = world.now();
    return { launch, failure: await tryLaunch(plan, scheduled, launch, attempt, world) };
  };
  const failed = await repeated(cell, before, tried, world.write);
  if (failed === null) return { kind: 'given-up' };
  return { kind: 'finished', failed, ms: world.now() - startedMs };
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
