import { findingsOf } from '../analysis/cell.ts';
import { judgeMatrix } from '../analysis/judge-matrix.ts';
import { parseCpuProfile } from '../analysis/profile/cpu-profile.ts';
import { keptProfile } from '../analysis/profile/keep.ts';
import type { Roots } from '../analysis/profile/origin.ts';
import {
  cellsToExplain,
  type ProfileWish,
  partsOf,
  unprofilable,
} from '../analysis/profile/wish.ts';
import { type ProfilePlace, type Profiled, profileLaunch } from '../measure/profile-launch.ts';
import { rampMsOf } from '../measure/pacing.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { JournalRow } from '../model/journal.ts';
import type { Cell, Plan, Role } from '../model/plan.ts';
import type { KeptProfile, MissingProfile, ProfiledPart, ProfileRow } from '../model/profile.ts';
import type { CampaignWorld } from './run.ts';

export interface ProfileWorld {
  readonly wish: ProfileWish;
  /** Of the run. */
  readonly folder: string;
  /** Relative to that folder; its own folder is there. */
  readonly fileOf: (cell: Cell, place: ProfilePlace) => string;
  readonly absolute: (file: string) => string;
  /** What is stored, without values of variables. */
  readonly read: (file: string) => string;
  readonly rootsOf: (cell: Cell, role: Role) => Roots;
}

type World = Pick<CampaignWorld, 'armOf' | 'now' | 'aborted' | 'write' | 'profileProgress'> & {
  readonly profiles: ProfileWorld;
};

/**
 * A sample costs about 20 µs of the process: at this distance that is a few per cent, the same in both arms, and a function
 * that takes 1 % of 2 s has 40 samples (docs/decisions/009).
 */
const intervalUs = 500;
/** Of both arms together, as much as makes a few thousand samples each. */
const sliceTimeMs = 4_000;
const mostWarmupMs = 2_000;
const mostSlicesMs = 6_000;
/** Longer ramps would make a profile last longer than a launch. */
const mostRampMs = 2_000;

/**
 * After the last launch the cells that are to be explained are run once more, with profilers. Whatever goes wrong is a row
 * that says so, never the run's failure. Cells that have such rows already are left alone.
 */
export async function profileCells(
  plan: Plan,
  cells: readonly Cell[],
  rows: readonly JournalRow[],
  world: World,
): Promise<void> {
  const { wish } = world.profiles;
  // A stored baseline's processes are gone.
  if (wish === 'never' || plan.compare.kind === 'unpaired' || plan.label !== null) return;
  const { cells: judged } = judgeMatrix(
    plan.cells.map((cell) => findingsOf(cell, plan, rows)),
    plan.gate,
  );
  const done = new Set(rows.flatMap((row) => (row.kind === 'profile' ? [row.cell] : [])));
  const chosen = cellsToExplain(judged, wish)
    .filter(({ id }) => !done.has(id))
    // With the users that follow from what the baseline carries.
    .map(({ id }) => cells.find((cell) => cell.id === id))
    .filter((cell) => cell !== undefined);
  for (const [index, cell] of chosen.entries()) {
    world.aborted();
    const parts = partsOf(plan.compare.side);
    const impossible = parts
      .map((part) => unprofilable(part, cell) ?? tooLong(part, cell))
      .filter((missing) => missing !== null);
    const possible = parts.filter((part) => impossible.every((missing) => missing.part !== part));
    // Without the side that changed there is nothing to explain.
    const explains = plan.compare.side === 'both' ? possible.length > 0 : possible[0] === parts[0];
    if (explains) world.profileProgress({ cell: cell.id, index, of: chosen.length });
    const taken = explains ? await profiledCell(plan, cell, possible, world) : [];
    // All at once: a cell that was interrupted has none, and is profiled when the run goes on.
    const missing = impossible.map((of) => ({ kind: 'profile', cell: cell.id, ...of }) as const);
    for (const row of [...missing, ...taken]) world.write(row);
  }
}

/** Null where it may be profiled. */
function tooLong(part: ProfiledPart, { arms }: Cell): MissingProfile | null {
  const { remote } = arms.candidate.client;
  if (remote !== null || arms.baseline.client.remote !== null) {
    const reason = 'the load comes from other machines, which are sent to for figures only';
    const next = 'Profile it under load from this machine: leave client.workers.expect out.';
    return { part, state: 'impossible', reason, next };
  }
  const { load } = arms.candidate.scenario;
  if (load.model === 'closed' || rampMsOf(load) <= mostRampMs) return null;
  const reason = `its load takes ${rampMsOf(load) / 1000} s to begin, before each slice`;
  const next = 'Profile the same cell under closed load, or with more often perUser.';
  return { part, state: 'impossible', reason, next };
}

async function profiledCell(
  plan: Plan,
  cell: Cell,
  parts: readonly ProfiledPart[],
  world: World,
): Promise<readonly ProfileRow[]> {
  const { folder, fileOf, absolute } = world.profiles;
  const failed = (part: ProfiledPart, error: unknown): ProfileRow => ({
    ...{ kind: 'profile', cell: cell.id, part, state: 'failed', reason: messageOf(error) },
    next: 'Run the cell again with --only, or take a profile by hand with node --cpu-prof.',
  });
  try {
    const { warmupMs } = plan.measure;
    const all = await profileLaunch({
      ...{ cell, parts, intervalUs, mostMs: mostSlicesMs, runFolder: folder },
      armOf: (role) => world.armOf(cell, role, role),
      measure: { ...plan.measure, sliceTimeMs, warmupMs: Math.min(warmupMs, mostWarmupMs) },
      fileOf: (place) => absolute(fileOf(cell, place)),
      ...{ now: world.now, aborted: world.aborted },
    });
    return all.map((profiled) => {
      try {
        return rowOf(cell, profiled, world.profiles);
      } catch (error) {
        return failed(profiled.part, error);
      }
    });
  } catch (error) {
    // Killed children of an interrupted run fail too.
    world.aborted();
    if (error instanceof BenchFailure && error.kind === 'interrupted') throw error;
    return parts.map((part) => failed(part, error));
  }
}

function rowOf(cell: Cell, profiled: Profiled, profiles: ProfileWorld): ProfileRow {
  if (profiled.state !== 'taken') return { kind: 'profile', cell: cell.id, ...profiled };
  const { part, arms } = profiled;
  const kept = (role: Role): KeptProfile => {
    const { requests, cpuUs, workers } = arms[role];
    if (requests === 0) throw new Error(`no request of the ${role} was answered meanwhile`);
    const files = workers.map((worker) => profiles.fileOf(cell, { role, part, worker }));
    const parsed = files.map((file) => profileIn(file, profiles));
    return { requests, cpuUs, files, ...keptProfile(parsed, profiles.rootsOf(cell, role)) };
  };
  return {
    ...{ kind: 'profile', cell: cell.id, part, state: 'taken', intervalUs },
    arms: { baseline: kept('baseline'), candidate: kept('candidate') },
  };
}

function profileIn(file: string, { read, absolute }: ProfileWorld) {
  try {
    return parseCpuProfile(read(absolute(file)), intervalUs);
  } catch (error) {
    throw new Error(`${file} is no profile: ${messageOf(error)}`, { cause: error });
  }
}
