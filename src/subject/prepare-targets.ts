import { isDeepStrictEqual } from 'node:util';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import { type ByRole, type Cell, type Plan, type Role, roles } from '../model/plan.ts';
import { runtimeName } from '../model/names.ts';
import type { StartTarget, TargetSettings } from '../model/settings.ts';
import {
  type Arm,
  type FetchedTarget,
  fetchTarget,
  type PreparedTarget,
  setUpTarget,
  type TargetWorld,
} from './target.ts';

/** Per cell id; null where the target is not a server that a command starts. */
export type PreparedTargets = Readonly<Record<string, ByRole<PreparedTarget | null>>>;

/**
 * Makes the server of every arm ready, one after the other: what two setups do at the same time, such as writing into one
 * cache, could differ. Cells whose servers differ in nothing that is made share one, arms never do. Nothing is set up
 * before all files are there: what is not will not be.
 * @param runFolder keeps the logs of setups.
 */
export async function prepareTargets(
  plan: Plan,
  runFolder: string,
  world: TargetWorld,
): Promise<PreparedTargets> {
  refuseSharedSetups(plan, world.cwd);
  const fetched = new Map<string, FetchedTarget>();
  const arms = armsIn(runFolder);
  for (const wanted of wantedIn(plan)) {
    if (fetched.has(wanted.key)) continue;
    fetched.set(wanted.key, await fetchTarget(wanted.target, arms(wanted), world));
  }
  const ready = new Map<string, PreparedTarget>();
  for (const [key, target] of fetched) ready.set(key, await setUpTarget(target, world));
  const readyFor = (cell: Cell, role: Role): PreparedTarget | null => {
    const wanted = wantedBy(cell, role);
    return wanted === null ? null : (ready.get(wanted.key) ?? null);
  };
  return Object.fromEntries(
    plan.cells.map((cell) => [
      cell.id,
      { baseline: readyFor(cell, 'baseline'), candidate: readyFor(cell, 'candidate') },
    ]),
  );
}

interface Wanted {
  readonly target: StartTarget;
  readonly role: Role;
  readonly copy: 'a' | 'b';
  /** Equal where one server does for both. */
  readonly key: string;
}

const wantedIn = ({ cells }: Plan): readonly Wanted[] =>
  cells.flatMap((cell) => roles.flatMap((role) => wantedBy(cell, role) ?? []));

function wantedBy({ arms }: Cell, role: Role): Wanted | null {
  const { target } = arms[role];
  if (target.kind !== 'start') return null;
  const copy = role === 'candidate' && hasSameRuntimes(arms) ? 'b' : 'a';
  return { target, role, copy, key: JSON.stringify([role, copy, sourceOf(target)]) };
}

/** Gives each arm the name and the log of its own, and knows whose files were set up before. */
function armsIn(runFolder: string): (wanted: Wanted) => Arm {
  const counted = new Map<Role, number>();
  const setUp = new Set<string>();
  return ({ target, role, copy }) => {
    const n = (counted.get(role) ?? 0) + 1;
    counted.set(role, n);
    const whose = target.version.kind === 'folder' ? target.folder : `${role} ${n}`;
    const isSetUp = setUp.has(whose);
    setUp.add(whose);
    const log = path.join(runFolder, `setup-${role}${n === 1 ? '' : `-${n}`}.log`);
    return { name: role, copy, isSetUp, log };
  };
}

/** What of a target decides how its files are made. Variables of the environment do not: a setup gets bench's own. */
const sourceOf = ({ folder, version, setup, runtime, asOf, with: pins }: StartTarget) => ({
  ...{ folder, version, setup, runtime, asOf, with: pins },
});

const hasSameRuntimes = ({ baseline, candidate }: Cell['arms']): boolean => {
  const nameOf = (target: TargetSettings): string | null =>
    target.kind === 'start' && target.runtime !== null ? runtimeName(target.runtime) : null;
  return nameOf(baseline.target) === nameOf(candidate.target);
};

/** Two setups in one folder would each undo what the other did. @throws BenchFailure */
function refuseSharedSetups({ matrix, cells }: Plan, cwd: string): void {
  const setups = new Map<string, object>();
  const targets = cells.flatMap(({ arms }) => roles.map((role) => arms[role].target));
  for (const target of targets) {
    if (target.kind !== 'start' || target.version.kind !== 'folder' || target.setup === null)
      continue;
    const folder = path.resolve(cwd, target.folder);
    const own = sourceOf(target);
    const known = setups.get(folder) ?? own;
    setups.set(folder, known);
    if (isDeepStrictEqual(known, own)) continue;
    throw new BenchFailure(
      'configuration',
      `${matrix.file}: arms that share the folder ${folder} would be set up differently in it. Give each files of its own: write target.version: git:WORKTREE.`,
    );
  }
}
