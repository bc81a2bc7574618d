import { nearest } from '../matrix/wording.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Git } from './git.ts';

/** A repository of the user's. It is read, and nothing is ever written to it. */
export interface Repository {
  readonly root: string;
  /** Of the server, from the root; the empty string at the root itself. */
  readonly within: string;
  /** Absolute. */
  readonly objects: string;
  /** The file that says where a shallow clone ends; it may not be there. */
  readonly shallow: string;
  /** `sha1` or `sha256` */
  readonly objectFormat: string;
  /** Where it came from; null where it is a first copy. */
  readonly origin: string | null;
}

/** @param called the version that wants it, for messages. @throws BenchFailure where the folder is in none. */
export async function repositoryOf(folder: string, called: string, git: Git): Promise<Repository> {
  const asked = [
    ...['--path-format=absolute', '--show-toplevel', '--git-path', 'objects'],
    ...['--git-path', 'shallow', '--show-object-format', '--show-prefix'],
  ];
  const { ok, stdout, complaint } = await git(folder, ['rev-parse', ...asked]);
  if (!ok) {
    throw new BenchFailure(
      'configuration',
      /not a git repository|work tree/.test(complaint)
        ? `${called}: ${folder} lies in no working copy of a git repository. Write the matrix file into the repository of the server, or name the server's folder as target.folder.`
        : `${called}: ${complaint}. Make git run in ${folder}.`,
    );
  }
  const [root = '', objects = '', shallow = '', objectFormat = 'sha1', within = ''] =
    stdout.split('\n');
  const origin = await git(folder, ['config', '--get', 'remote.origin.url']);
  return {
    ...{ root, within, objects, shallow, objectFormat },
    origin: origin.ok ? origin.stdout : null,
  };
}

/** The commit that a ref names. @throws BenchFailure where there is none, with what can be done. */
export async function commitOf(
  { root }: Repository,
  ref: string,
  called: string,
  git: Git,
): Promise<string> {
  const found = await git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (found.ok) return found.stdout;
  const refused = (next: string): BenchFailure =>
    new BenchFailure('configuration', `${called}: ${root} has no such commit. ${next}`);
  const { stdout: refs } = await git(root, ['for-each-ref', '--format=%(refname:short)']);
  const known = refs.split('\n').filter((name) => name !== '');
  const near = known.find((name) => name.endsWith(`/${ref}`)) ?? nearest(ref, known);
  const { stdout: shallow } = await git(root, ['rev-parse', '--is-shallow-repository']);
  if (shallow === 'true') {
    const orElse = near === null ? '' : `, or write git:${near}`;
    throw refused(
      `It is a shallow clone: fetch more of it (\`git fetch --depth=100 origin ${plainRef(ref)}\`, or \`git fetch --unshallow\`; \`fetch-depth: 0\` of actions/checkout)${orElse}.`,
    );
  }
  throw refused(
    near === null
      ? `\`git log\` lists commits; \`git fetch origin ${plainRef(ref)}\` fetches what is elsewhere.`
      : `Did you mean git:${near}?`,
  );
}

/** `HEAD~1` is of `HEAD`. */
const plainRef = (ref: string): string => ref.replace(/[~^@:].*$/, '') || 'HEAD';

/** The commit that is checked out; null where there is none yet. */
export async function headOf({ root }: Repository, git: Git): Promise<string | null> {
  const head = await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return head.ok ? head.stdout : null;
}

/** How many tracked files are not as HEAD has them. */
export async function changedFiles({ root }: Repository, git: Git): Promise<number> {
  const { stdout } = await git(root, ['status', '--porcelain', '--untracked-files=no']);
  return stdout.split('\n').filter((line) => line !== '').length;
}
