import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkOut, copyWorktree } from '../../../src/subject/checkout.ts';
import { gitFor } from '../../../src/subject/git.ts';
import { changedFiles, commitOf, repositoryOf } from '../../../src/subject/repository.ts';
import { freshFolder } from '../../support/bench.ts';
import { commit, freshRepository, git, write } from '../../support/repository.ts';

const run = gitFor({ ...process.env, GIT_DIR: '/nowhere' }, 'mark');
const files = { 'api/server.mjs': 'one', 'README.md': 'read me', '.gitignore': 'built\n*.log\n' };

const repository = (folder: string) => repositoryOf(folder, 'git:x (baseline)', run);
const resolved = async (folder: string, ref: string) =>
  commitOf(await repository(folder), ref, `git:${ref} (baseline)`, run);

async function checkedOut(folder: string, ref: string) {
  const to = path.join(freshFolder(), '001');
  const of = await repository(folder);
  const found = await commitOf(of, ref, `git:${ref}`, run);
  return { to, fingerprint: await checkOut(of, found, `git:${ref}`, to, run) };
}

async function copied(folder: string, leaveOut = (_: string) => false) {
  const to = path.join(freshFolder(), '001');
  const fingerprint = await copyWorktree(
    await repository(folder),
    'git:WORKTREE',
    to,
    run,
    leaveOut,
  );
  return { to, fingerprint };
}

const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');

describe('a commit', () => {
  it('is named by whatever git takes, from any folder of the repository', async () => {
    const folder = freshRepository(files);
    const first = git(folder, 'rev-parse', 'HEAD');
    const second = commit(folder, { 'api/server.mjs': 'two' });
    git(folder, 'tag', '-a', 'v2', '-m', 'two');
    for (const ref of ['HEAD', 'main', 'v2', second.slice(0, 8), '@'])
      expect(await resolved(folder, ref)).toBe(second);
    for (const ref of ['HEAD~1', 'main^', 'v2~1', first])
      expect(await resolved(path.join(folder, 'api'), ref)).toBe(first);
    expect(await repository(path.join(folder, 'api'))).toMatchObject({ within: 'api/' });
  });

  it('is checked out into a repository of its own, and nothing is written into the user’s', async () => {
    const folder = freshRepository(files);
    git(folder, 'tag', 'v1');
    const first = git(folder, 'rev-parse', 'HEAD');
    commit(folder, { 'api/server.mjs': 'two' });
    write(folder, { 'api/server.mjs': 'three' });
    const before = readdirSync(path.join(folder, '.git'), { recursive: true }).sort();
    const { to, fingerprint } = await checkedOut(folder, 'HEAD~1');
    expect(read(to, 'api/server.mjs')).toBe('one');
    expect(fingerprint).toEqual({
      'target commit': first,
      'target tree': git(folder, 'rev-parse', 'HEAD~1^{tree}'),
    });
    expect(git(to, 'describe', '--tags')).toBe('v1');
    expect(git(to, 'status', '--porcelain')).toBe('');
    expect(readdirSync(path.join(folder, '.git'), { recursive: true }).sort()).toEqual(before);
    expect(read(folder, 'api/server.mjs')).toBe('three');
    expect(await changedFiles(await repository(folder), run)).toBe(1);
  });

  it('has its submodules', async () => {
    const part = freshRepository({ 'part.txt': 'a part' });
    const folder = freshRepository(files);
    const allowed = ['-c', 'protocol.file.allow=always'];
    git(folder, ...allowed, 'submodule', 'add', '--quiet', pathToFileURL(part).href, 'part');
    commit(folder, {});
    await expect(checkedOut(folder, 'HEAD')).rejects.toThrow('its submodules cannot be fetched');
    const config = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'protocol.file.allow' };
    const trusting = gitFor({ ...process.env, ...config, GIT_CONFIG_VALUE_0: 'always' }, 'mark');
    const to = path.join(freshFolder(), '001');
    await checkOut(await repository(folder), git(folder, 'rev-parse', 'HEAD'), 'x', to, trusting);
    expect(read(to, 'part/part.txt')).toBe('a part');
  });

  it('of a shallow clone is checked out, and one that it lacks says how to fetch it', async () => {
    const origin = freshRepository(files);
    commit(origin, { 'README.md': 'again' });
    const folder = path.join(freshFolder(), 'clone');
    git(path.dirname(folder), 'clone', '--quiet', '--depth=1', pathToFileURL(origin).href, folder);
    const { to } = await checkedOut(folder, 'HEAD');
    expect(read(to, 'README.md')).toBe('again');
    await expect(resolved(folder, 'HEAD~1')).rejects.toThrow(
      `git:HEAD~1 (baseline): ${folder} has no such commit. It is a shallow clone: fetch more of it (\`git fetch --depth=100 origin HEAD\``,
    );
  });

  it.each([
    ['mian', 'Did you mean git:main?'],
    ['release', 'Did you mean git:origin/release?'],
    ['0123456', '`git log` lists commits'],
  ])('that is not there is one line: %s', async (ref, next) => {
    const folder = freshRepository(files);
    git(folder, 'update-ref', 'refs/remotes/origin/release', 'HEAD');
    await expect(resolved(folder, ref)).rejects.toThrow(
      `git:${ref} (baseline): ${folder} has no such commit. ${next}`,
    );
  });

  it('needs a repository', async () => {
    const folder = freshFolder();
    await expect(repository(folder)).rejects.toThrow(
      `git:x (baseline): ${folder} lies in no working copy of a git repository.`,
    );
  });

  it('needs git', async () => {
    const none = gitFor({ ...process.env, PATH: freshFolder() }, 'mark');
    await expect(repositoryOf(freshFolder(), 'git:x', none)).rejects.toThrow(
      'git is not on PATH. Install it',
    );
  });
});

describe('what is not committed', () => {
  it('is copied with what is not tracked, and without what is ignored or deleted', async () => {
    const folder = freshRepository({ ...files, 'gone.txt': 'soon', 'run.sh': '#!/bin/sh' });
    // Tracked, though a pattern ignores it.
    write(folder, { 'kept.log': 'log' });
    git(folder, 'add', '--force', 'kept.log');
    commit(folder, {});
    write(folder, { 'api/server.mjs': 'two', 'api/new.mjs': 'new', 'built/x': 'x', 'o.log': 'o' });
    rmSync(path.join(folder, 'gone.txt'));
    symlinkSync('api/new.mjs', path.join(folder, 'link'));
    write(folder, { 'reports/run/report.json': '{}' });
    const reports = path.join(folder, 'reports/run/report.json');
    const { to, fingerprint } = await copied(folder, (file) => file === reports);
    expect(read(to, 'api/server.mjs')).toBe('two');
    expect(read(to, 'api/new.mjs')).toBe('new');
    expect(read(to, 'kept.log')).toBe('log');
    expect(lstatSync(path.join(to, 'link')).isSymbolicLink()).toBe(true);
    for (const name of ['gone.txt', 'built', 'o.log', 'reports'])
      expect(existsSync(path.join(to, name))).toBe(false);
    expect(fingerprint['target commit']).toBe(
      `${git(folder, 'rev-parse', 'HEAD')} with uncommitted changes`,
    );
  });

  it('is the commit itself where nothing was changed, and has another tree for each change', async () => {
    const folder = freshRepository(files);
    write(folder, { 'kept.log': 'log' });
    git(folder, 'add', '--force', 'kept.log');
    const head = commit(folder, {});
    const committed = (await checkedOut(folder, 'HEAD')).fingerprint;
    expect((await copied(folder)).fingerprint).toEqual(committed);
    const trees: unknown[] = [];
    for (const text of ['a', 'b', 'a']) {
      write(folder, { 'README.md': text });
      trees.push((await copied(folder)).fingerprint['target tree']);
    }
    expect(trees[2]).toBe(trees[0]);
    expect(new Set([...trees, committed['target tree']]).size).toBe(3);
    expect(committed['target commit']).toBe(head);
  });
});
