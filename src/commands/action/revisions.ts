import { BenchFailure } from '../../model/failure.ts';
import type { ByRole } from '../../model/plan.ts';
import type { GitAnswer } from '../../subject/git.ts';
import type { Event } from './event.ts';

/** Runs git in the checked-out repository. */
export type Ask = (args: readonly string[]) => Promise<GitAnswer>;

/**
 * The commits that an event is about. A pull request and a group of the merge queue are compared with the commit that
 * they branched from; a push with what was there before; anything else with the default branch.
 * @throws BenchFailure where the clone lacks one of them.
 */
export async function revisionsOf(event: Event, ask: Ask): Promise<ByRole<string>> {
  if (event.name === 'pull_request_target')
    throw refused(
      'pull_request_target: would run what strangers wrote with the secrets of this repository. Write on: pull_request.',
    );
  const { pull_request: pull, merge_group: group } = event;
  if (pull !== undefined) return branched(pull.base.sha, pull.head.sha, ask);
  if (group !== undefined) return branched(group.base_sha, group.head_sha, ask);
  const candidate = await demand('HEAD', ask);
  const { before } = event;
  const isKnown = before !== undefined && !/^0+$/.test(before) && (await has(before, ask));
  if (isKnown && before !== candidate) return { baseline: before, candidate };
  const main = `refs/remotes/origin/${event.repository?.default_branch ?? 'HEAD'}`;
  const base = (await has(main, ask)) ? await mergeBase(main, candidate, ask) : candidate;
  // On the default branch itself it is the commit before.
  return { baseline: base === candidate ? await demand('HEAD~1', ask) : base, candidate };
}

async function branched(base: string, candidate: string, ask: Ask): Promise<ByRole<string>> {
  await demand(base, ask);
  await demand(candidate, ask);
  return { baseline: await mergeBase(base, candidate, ask), candidate };
}

const commitArgs = (revision: string): readonly string[] => [
  ...['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
];

const has = async (revision: string, ask: Ask): Promise<boolean> =>
  (await ask(commitArgs(revision))).ok;

async function demand(revision: string, ask: Ask): Promise<string> {
  const { ok, stdout } = await ask(commitArgs(revision));
  if (ok) return stdout;
  throw refused(`${revision}: is no commit of this clone. ${deeper}`);
}

async function mergeBase(base: string, candidate: string, ask: Ask): Promise<string> {
  const { ok, stdout } = await ask(['merge-base', base, candidate]);
  if (ok) return stdout;
  throw refused(`${base} and ${candidate}: have no commit in common in this clone. ${deeper}`);
}

const deeper =
  'Let actions/checkout fetch all of it (fetch-depth: 0), or say the baseline and the candidate as inputs.';

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);
