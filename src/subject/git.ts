import { x } from 'tinyexec';
import { findProgram } from '../machine/files.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Environment } from '../process/environment.ts';
import { markVariable } from '../process/mark.ts';

export interface GitAnswer {
  readonly ok: boolean;
  /** Without the line end. */
  readonly stdout: string;
  /** The first line that says something. */
  readonly complaint: string;
}

/** Runs git in a folder. @throws BenchFailure where there is no git. */
export type Git = (folder: string, args: readonly string[], stdin?: string) => Promise<GitAnswer>;

/** Set by git for its hooks, and of another repository than the one that is asked: `bench` may run in a hook. */
const ofHooks = [
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_PREFIX'],
  ...['GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_COMMON_DIR', 'GIT_NAMESPACE', 'GIT_QUARANTINE_PATH'],
];

/** An environment in which git sees nothing but the folder that it runs in. */
export const outsideHooks = (environment: Environment): Environment => ({
  ...environment,
  ...Object.fromEntries(ofHooks.map((name) => [name, undefined])),
});

export const gitFor =
  (environment: Environment, mark: string): Git =>
  async (folder, args, stdin) => {
    const file = findProgram('git', environment.PATH ?? '');
    if (file === null) {
      throw new BenchFailure(
        'configuration',
        'target.version: git is not on PATH. Install it (`apt-get install git`, `brew install git`), or leave the version out.',
      );
    }
    const env = {
      ...outsideHooks(environment),
      // What git says is read, and nobody is there to be asked for a password.
      ...{ LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', [markVariable]: mark },
    };
    const { exitCode, stdout, stderr } = await x(
      file,
      ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args],
      { ...(stdin === undefined ? {} : { stdin }), nodeOptions: { cwd: folder, env } },
    );
    const line = stderr.split('\n').find((said) => said.trim() !== '') ?? 'git failed';
    return { ok: exitCode === 0, stdout: stdout.replace(/\n$/, ''), complaint: line.trim() };
  };
