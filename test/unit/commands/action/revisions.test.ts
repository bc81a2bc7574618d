import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/commands/action/event.ts';
import { revisionsOf } from '../../../../src/commands/action/revisions.ts';
import { gitFor } from '../../../../src/subject/git.ts';
import { freshFolder } from '../../../support/bench.ts';
import { commit, freshRepository, git } from '../../../support/repository.ts';

const ask = gitFor(process.env, 'test');
const revisions = (folder: string, event: Event) => revisionsOf(event, (args) => ask(folder, args));
const repository = { default_branch: 'main' };

/** A clone of main (`base`, `main`) and of a branch from `base` (`first`, `head`), which is checked out. */
function demo(...options: string[]) {
  const origin = freshRepository({ a: '0' });
  const base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '--quiet', '-b', 'feature');
  const first = commit(origin, { b: '1' });
  const head = commit(origin, { b: '2' });
  git(origin, 'checkout', '--quiet', 'main');
  const main = commit(origin, { a: '1' });
  const clone = freshFolder();
  git(clone, 'clone', '--quiet', ...options, `file://${origin}`, '.');
  git(clone, 'checkout', '--quiet', head);
  return { clone, base, first, head, main };
}

describe('what an event compares', () => {
  const { clone, base, first, head, main } = demo();
  const pull = { number: 1, base: { sha: main }, head: { sha: head } };
  const cases: readonly [string, Event, { baseline: string; candidate: string }][] = [
    [
      'a pull request',
      { name: 'pull_request', pull_request: pull },
      { baseline: base, candidate: head },
    ],
    [
      'a group of the merge queue',
      { name: 'merge_group', merge_group: { base_sha: main, head_sha: head } },
      { baseline: base, candidate: head },
    ],
    ['a push', { name: 'push', before: first, repository }, { baseline: first, candidate: head }],
    [
      'a push of a new branch',
      { name: 'push', before: '0'.repeat(40), repository },
      { baseline: base, candidate: head },
    ],
    [
      'a push that has thrown away what was there',
      { name: 'push', before: 'f'.repeat(40), repository },
      { baseline: base, candidate: head },
    ],
    [
      'a run by hand',
      { name: 'workflow_dispatch', repository },
      { baseline: base, candidate: head },
    ],
    [
      'a run of which nobody says the default branch',
      { name: 'schedule' },
      { baseline: base, candidate: head },
    ],
  ];
  it.each(cases)('%s', async (_, event, expected) => {
    expect(await revisions(clone, event)).toEqual(expected);
  });

  it('on the default branch itself it is the commit before', async () => {
    git(clone, 'checkout', '--quiet', main);
    const found = await revisions(clone, { name: 'schedule', repository });
    expect(found).toEqual({ baseline: base, candidate: main });
  });
});

describe('what is refused', () => {
  it('a pull request that would run with the secrets of the repository', async () => {
    const event = { name: 'pull_request_target' };
    await expect(revisions(freshFolder(), event)).rejects.toThrow(/^pull_request_target: /);
  });

  it('a clone that lacks a commit, or the history', async () => {
    const { clone, head, main } = demo('--depth=1', '--no-single-branch');
    const pull = (sha: string): Event => ({
      ...{ name: 'pull_request' },
      pull_request: { number: 1, base: { sha }, head: { sha: head } },
    });
    await expect(revisions(clone, pull(main))).rejects.toThrow(
      /^\w+ and \w+: have no commit in common in this clone\. .+fetch-depth: 0/,
    );
    await expect(revisions(clone, pull('--all'))).rejects.toThrow(
      /^--all: is no commit of this clone\. .+fetch-depth: 0/,
    );
  });
});
