import { execFile } from 'node:child_process';
import path from 'node:path';
import { findProgram } from '../machine/files.ts';
import type { Environment } from '../process/environment.ts';
import { markVariable } from '../process/mark.ts';

/** What became of a program that installs or tells something. */
export interface Ran {
  /** Null of one that could not be started, or was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. @param env all of its environment; else that of installers. */
export type Run = (
  file: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<Ran>;

/** What would make Python or its installers take, or leave, something else than is asked for. */
const misleading =
  /^(PYTHON(PATH|HOME|USERBASE|STARTUP)|VIRTUAL_ENV|CONDA_PREFIX|PIP_(USER|TARGET|PREFIX|ROOT|REQUIREMENT|CONSTRAINT|PRE|NO_BINARY|ONLY_BINARY|REQUIRE_VIRTUALENV)|UV_(PYTHON|EXCLUDE_NEWER|SYSTEM_PYTHON|CONSTRAINT|OVERRIDE|PRERELEASE|RESOLUTION|NO_BINARY|NO_BUILD))$/;

/** Where registries, proxies and certificates are said stays as the user has it. */
export const installerEnvironment = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !misleading.test(name)));

const mostPrinted = 64 * 1024 * 1024;

/** Where no project's settings for uv lie, and no file that Python would take for a module. */
const root = path.parse(process.cwd()).root;

/** Files are found from where bench runs, and run at the root. */
export const runFor =
  (environment: Environment, mark: string): Run =>
  (file, args, env) =>
    new Promise((resolve) => {
      const all = { ...(env ?? installerEnvironment(environment)), [markVariable]: mark };
      const options = { env: all, cwd: root, maxBuffer: mostPrinted };
      execFile(path.resolve(file), [...args], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        const exitCode = typeof code === 'number' ? code : null;
        resolve({ exitCode, stdout, stderr: exitCode === null ? String(error) : stderr });
      });
    });

/** uv where it is, and runs; else pip, which each Python brings along. */
export type Installer =
  | { readonly kind: 'uv'; readonly file: string; readonly name: string }
  | { readonly kind: 'pip' };

export async function findInstaller(searchPath: string, run: Run): Promise<Installer> {
  const file = findProgram('uv', searchPath);
  if (file === null) return { kind: 'pip' };
  const { exitCode, stdout } = await run(file, ['--version']);
  const [name] = /^uv \S+/.exec(stdout) ?? [];
  return exitCode === 0 && name !== undefined ? { kind: 'uv', file, name } : { kind: 'pip' };
}
