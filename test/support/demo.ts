import { serverThatBurns } from './burn.ts';
import { commit, freshRepository, git } from './repository.ts';

const matrix = `
target: { start: node server.mjs, setup: node --check server.mjs }
gate: { sensitivity: 1000% }
measure: { launches: 3, sliceTime: 1500ms, warmup: 300ms }
`;

/**
 * A server, main, and a branch from its first commit that burns four times as much; main has become slower still.
 * @param folder of the server, with a `/` at its end; the empty string is the root.
 */
export function slowerBranch(folder: string, branch: string) {
  const origin = freshRepository({
    '.gitignore': 'reports\nnode_modules\n',
    [`${folder}server.mjs`]: serverThatBurns(1000),
    [`${folder}bench.matrix.yaml`]: matrix,
  });
  const base = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'checkout', '--quiet', '-b', branch);
  const slow = commit(origin, { [`${folder}server.mjs`]: serverThatBurns(4000) });
  git(origin, 'checkout', '--quiet', 'main');
  const main = commit(origin, { [`${folder}server.mjs`]: serverThatBurns(16_000) });
  return { origin, base, slow, main };
}
