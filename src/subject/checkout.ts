import { existsSync, lstatSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { copyEntry, copyFolder } from './copy.ts';
import type { Git, GitAnswer } from './git.ts';
import { headOf, type Repository } from './repository.ts';

/**
 * Files of a commit, in a repository of their own that borrows the objects of the user's. Not `git worktree`: that
 * writes into the user's repository, shares its configuration with whatever the setup does, and stays there after a
 * crash.
 */
export async function checkOut(
  repository: Repository,
  commit: string,
  called: string,
  folder: string,
  git: Git,
): Promise<SubjectFingerprint> {
  await begin(repository, folder, git);
  demand(called, await git(folder, ['checkout', '--quiet', '--detach', commit]));
  await fillSubmodules(folder, called, git);
  const tree = demand(called, await git(folder, ['rev-parse', 'HEAD^{tree}']));
  return { 'target commit': commit, 'target tree': tree };
}

/** Tracked files as they are, and untracked ones that are not ignored. @param leaveOut is asked for each absolute path */
export async function copyWorktree(
  repository: Repository,
  called: string,
  folder: string,
  git: Git,
  leaveOut: (file: string) => boolean,
): Promise<SubjectFingerprint> {
  const { root } = repository;
  const head = await headOf(repository, git);
  await begin(repository, folder, git);
  if (head !== null) {
    demand(called, await git(folder, ['update-ref', '--no-deref', 'HEAD', head]));
    // Else a tracked file that is ignored would pass for deleted.
    demand(called, await git(folder, ['read-tree', 'HEAD']));
  }
  await copyListed(root, folder, called, git, leaveOut);
  demand(called, await git(folder, ['add', '--all']));
  const tree = demand(called, await git(folder, ['write-tree']));
  const committed = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{tree}']);
  const changed = committed.stdout === tree ? '' : ' with uncommitted changes';
  return {
    'target commit': `${head ?? 'none yet'}${changed}`,
    'target tree': tree,
  };
}

async function copyListed(
  from: string,
  to: string,
  called: string,
  git: Git,
  leaveOut: (file: string) => boolean,
): Promise<void> {
  const asked = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = demand(called, await git(from, asked));
  for (const name of new Set(listed.split('\0').filter((file) => file !== ''))) {
    const source = path.join(from, name);
    // One that was deleted is still tracked.
    const found = lstatSync(source, { throwIfNoEntry: false });
    if (found === undefined || leaveOut(source)) continue;
    // A submodule is listed as one entry.
    if (!found.isDirectory()) await copyEntry(source, path.join(to, name));
    else if (existsSync(path.join(source, '.git')))
      await copyListed(source, path.join(to, name), called, git, leaveOut);
    else await copyFolder(source, path.join(to, name), leaveOut);
  }
}

/** An empty repository that has all objects of the user's, and none of its hooks and settings. */
async function begin(repository: Repository, folder: string, git: Git): Promise<void> {
  const { objects, shallow, objectFormat, origin } = repository;
  await mkdir(folder, { recursive: true });
  const made = ['init', '--quiet', '--template=', `--object-format=${objectFormat}`];
  demand('git', await git(folder, made));
  const info = path.join(folder, '.git', 'objects', 'info');
  await mkdir(info, { recursive: true });
  await writeFile(path.join(info, 'alternates'), `${objects}\n`);
  if (existsSync(shallow)) await copyFile(shallow, path.join(folder, '.git', 'shallow'));
  // For whoever asks `git describe` what is built.
  const format = '--format=create %(refname) %(objectname)';
  const tags = demand('git', await git(repository.root, ['for-each-ref', format, 'refs/tags']));
  demand('git', await git(folder, ['update-ref', '--stdin'], tags === '' ? '' : `${tags}\n`));
  // Submodules may be named relative to it.
  if (origin !== null) demand('git', await git(folder, ['config', 'remote.origin.url', origin]));
}

async function fillSubmodules(folder: string, called: string, git: Git): Promise<void> {
  if (!existsSync(path.join(folder, '.gitmodules'))) return;
  const { ok, complaint } = await git(folder, [
    ...['submodule', 'update', '--quiet', '--init', '--recursive'],
  ]);
  if (ok) return;
  throw new BenchFailure(
    'unmeasurable',
    `${called}: its submodules cannot be fetched: ${complaint}. Let git fetch them without being asked for a password.`,
  );
}

/** @throws BenchFailure with what git says. */
function demand(called: string, { ok, stdout, complaint }: GitAnswer): string {
  if (ok) return stdout;
  throw new BenchFailure('unmeasurable', `${called}: ${complaint}. Try it by hand.`);
}
