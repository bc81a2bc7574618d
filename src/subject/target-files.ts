import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { versionName } from '../model/names.ts';
import type { StartTarget } from '../model/settings.ts';
import type { Warning } from '../model/warning.ts';
import { checkOut, copyWorktree } from './checkout.ts';
import type { Git } from './git.ts';
import { installRelease } from './release.ts';
import { changedFiles, commitOf, headOf, type Repository, repositoryOf } from './repository.ts';
import type { Arm, TargetWorld } from './target.ts';

export interface Files {
  readonly folder: string;
  readonly fingerprint: SubjectFingerprint;
  readonly warnings: readonly Warning[];
}

/** The files of a server: where they are, or a copy as its version says. @throws BenchFailure */
export async function filesOf(target: StartTarget, arm: Arm, world: TargetWorld): Promise<Files> {
  const { version } = target;
  const named = path.resolve(world.cwd, target.folder);
  if (!existsSync(named))
    throw new BenchFailure(
      'configuration',
      `target.folder: there is no ${named}. Name one from the folder of the matrix file.`,
    );
  if (version.kind === 'folder') return { folder: named, fingerprint: {}, warnings: [] };
  const from = realpathSync(named);
  const called = `${versionName(version)} (${arm.name})`;
  const to = world.folders.next();
  world.progress(`getting ${called}`);
  if (version.kind === 'npm') {
    const { asOf, with: pins } = target;
    const asked = { from, to, ...version, asOf, pins, called };
    return {
      folder: to,
      fingerprint: await installRelease(asked, world.npm, world.isOurs),
      warnings: [],
    };
  }
  const { git } = world;
  const repository = await repositoryOf(from, called, git);
  const within = (): string => subFolder(to, repository.within, called);
  if (version.kind === 'worktree') {
    const fingerprint = await copyWorktree(repository, called, to, git, world.isOurs);
    return { folder: within(), fingerprint, warnings: [] };
  }
  const commit = await commitOf(repository, version.ref, called, git);
  const fingerprint = await checkOut(repository, commit, called, to, git);
  const warnings = await uncommitted(repository, commit, versionName(version) ?? '', git);
  return { folder: within(), fingerprint, warnings };
}

/** Where the server lies in the files of a commit. @throws BenchFailure where it does not */
function subFolder(checkout: string, within: string, called: string): string {
  const folder = path.join(checkout, within);
  if (existsSync(folder)) return folder.replace(/\/$/, '');
  throw new BenchFailure(
    'configuration',
    `${called}: it has no folder ${within}, in which the server lies today. Name a commit that has it.`,
  );
}

/** Who compares HEAD may think of the files that lie there. */
async function uncommitted(
  repository: Repository,
  commit: string,
  name: string,
  git: Git,
): Promise<readonly Warning[]> {
  if (commit !== (await headOf(repository, git))) return [];
  const changed = await changedFiles(repository, git);
  if (changed === 0) return [];
  const files = changed === 1 ? '1 file has' : `${changed} files have`;
  return [
    {
      code: uncommittedCode,
      message: `${files} changes that are not committed, and so are not in ${name}.`,
      next: 'Commit them, or compare git:WORKTREE.',
    },
  ];
}

/** Of the only warning that says nothing about the machine. */
export const uncommittedCode = 'uncommitted-changes';
