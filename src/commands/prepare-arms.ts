import path from 'node:path';
import { refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import { type Plan, roles } from '../model/plan.ts';
import { clientName } from '../model/names.ts';
import { withValues } from '../model/variables.ts';
import type { Warning } from '../model/warning.ts';
import { measuredEnvironment } from '../process/environment.ts';
import { type BuildFolders, removeStaleFolders } from '../subject/build-folders.ts';
import { cacheFolder } from '../subject/cache.ts';
import { gitFor } from '../subject/git.ts';
import { runFor } from '../subject/installer.ts';
import { npmFor } from '../subject/npm.ts';
import { ownFiles } from '../subject/own-files.ts';
import { type PreparedArms, prepareSubjects } from '../subject/prepare.ts';
import { prepareTargets } from '../subject/prepare-targets.ts';
import { pyenvVersions } from '../subject/python.ts';
import type { World } from './world.ts';

interface Preparation {
  readonly plan: Plan;
  /** That the processes carry which prepare. */
  readonly mark: string;
  /** Absolute: the folder that holds all runs. */
  readonly root: string;
  /** Of the run. Its folder is made where a setup has something to log. */
  readonly id: string;
  /** The caller removes them once nothing runs from them. */
  readonly folders: BuildFolders;
  readonly say: (line: string) => void;
}

/** Installs what the arms need, makes their servers ready, and asks each what it is. @throws BenchFailure */
export async function prepareArms(preparation: Preparation, world: World): Promise<PreparedArms> {
  const { plan, mark, root, id, folders, say } = preparation;
  const names = new Set(
    plan.cells.flatMap(({ arms }) => [arms.baseline, arms.candidate].map(clientName)),
  );
  say(`preparing ${[...names].join(' and ')}`);
  const cache = cacheFolder(world.env);
  await removeStaleFolders(cache, world.now().getTime());
  const installing = {
    cache,
    npm: npmFor(world.env, mark),
    run: runFor(world.env, mark),
    platform: process.platform,
    arch: process.arch,
    searchPath: world.env.PATH ?? '',
    pyenv: pyenvVersions(world.env),
    today: world.now().toISOString().slice(0, 10),
    unique: `${process.pid}.part`,
    progress: say,
  };
  const targets = await prepareTargets(plan, path.join(root, id), {
    ...installing,
    ...{ cwd: world.cwd, git: gitFor(world.env, mark), folders, isOurs: ownFiles(root, cache) },
    ...{ environment: world.env, mark, signal: world.signal },
  });
  const prepared = await prepareSubjects(
    plan,
    installing,
    (settings, own) =>
      measuredEnvironment(world.env, mark, {
        ...own,
        ...withValues(settings, world.env).client.env,
      }),
    targets,
  );
  refuseWhatEnginesCannot(plan, (cell, role) => {
    const arm = prepared[cell.id]?.[role];
    const program = arm?.program.release?.version ?? null;
    const { node, python } = arm?.fingerprint ?? {};
    return { runtime: node ?? python ?? '0', program };
  });
  return prepared;
}

/** What is to be known of the files that servers run from, once for all cells. */
export function targetWarnings(prepared: PreparedArms): readonly Warning[] {
  const all = Object.values(prepared).flatMap((arms) =>
    roles.flatMap((role) => arms[role].target?.warnings ?? []),
  );
  return [...new Map(all.map((warning) => [warning.message, warning])).values()];
}
