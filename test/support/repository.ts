import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freshFolder } from './bench.ts';

/** Whoever runs the tests may have signing, hooks and names of their own. */
const env = {
  ...process.env,
  ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.org' },
  ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.org' },
};

export const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', [...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim();

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** @returns the commit */
export function commit(folder: string, files: Readonly<Record<string, string>>): string {
  write(folder, files);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'a change');
  return git(folder, 'rev-parse', 'HEAD');
}

export function freshRepository(files: Readonly<Record<string, string>>): string {
  const folder = freshFolder();
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  commit(folder, files);
  return folder;
}
