import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { compare, valid } from 'semver';
import { findProgram } from '../machine/files.ts';
import { BenchFailure } from '../model/failure.ts';
import { runtimeName } from '../model/names.ts';
import type { RuntimeSpec } from '../model/settings.ts';
import type { Environment } from '../process/environment.ts';
import type { Installer, Run } from './installer.ts';

export interface Python {
  /** Of the interpreter itself: not of a shim, and not of a virtual environment. */
  readonly file: string;
  /** `3.11.7` */
  readonly version: string;
  /** Where it was found, for the fingerprint. */
  readonly source: string;
}

export interface PythonSearch {
  readonly run: Run;
  readonly installer: Installer;
  readonly searchPath: string;
  /** Where pyenv keeps its versions. */
  readonly pyenv: string;
}

export const pyenvVersions = (environment: Environment): string =>
  path.join(environment.PYENV_ROOT ?? path.join(homedir(), '.pyenv'), 'versions');

/** Never downloads one. @throws BenchFailure where there is none such. */
export async function findPython(runtime: RuntimeSpec, search: PythonSearch): Promise<Python> {
  const { searchPath } = search;
  switch (runtime.kind) {
    case 'current': {
      const file = findProgram('python3', searchPath);
      const found = file === null ? null : await whichPython(file, 'python3 on PATH', search.run);
      if (found !== null) return found;
      throw noPython(
        file === null
          ? 'there is no python3 on PATH. Install one (`apt-get install python3 python3-venv`, `brew install python`), or write client.runtime: /path/to/python.'
          : `${file} does not run as a Python. Write client.runtime: python@3.11, or the path of one.`,
      );
    }
    case 'path': {
      const found = await whichPython(runtime.path, 'a path', search.run);
      if (found !== null) return found;
      throw noPython(
        `${runtime.path} does not run as a Python. Give the path of a Python, or a version such as python@3.11.`,
      );
    }
    case 'python':
      return findVersion(runtime.version, search);
    case 'npm':
      throw new Error(`${runtimeName(runtime)} is no Python: planning has refused it`);
  }
}

async function findVersion(version: string, search: PythonSearch): Promise<Python> {
  const [major, minor] = version.split('.');
  const name = `python${major}.${minor}`;
  const onPath = findProgram(name, search.searchPath);
  const candidates: readonly (readonly [string, string])[] = [
    ...(onPath === null ? [] : [[onPath, `${name} on PATH`] as const]),
    ...pyenvPythons(version, search.pyenv).map((file) => [file, 'pyenv'] as const),
    ...(await knownToUv(version, search)).map((file) => [file, 'uv'] as const),
  ];
  for (const [file, source] of candidates) {
    const found = await whichPython(file, source, search.run);
    if (found !== null && isOf(version, found.version)) return found;
  }
  throw noPython(
    `there is no Python ${version} here: not as ${name} on PATH, not in ${search.pyenv}, and not known to uv. Install it (\`uv python install ${version}\`, \`pyenv install ${version}\`), or give the path of one.`,
  );
}

/** Whether a release is the one that is asked for, or begins with it. */
const isOf = (asked: string, release: string): boolean =>
  release === asked || release.startsWith(`${asked}.`);

/** The newest first. */
function pyenvPythons(version: string, folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => valid(name) === name && isOf(version, name))
    .sort((a, b) => compare(b, a))
    .map((name) => path.join(folder, name, 'bin', 'python3'));
}

async function knownToUv(version: string, { installer, run }: PythonSearch) {
  if (installer.kind !== 'uv') return [];
  const args = ['python', 'find', '--no-project', '--no-python-downloads', version];
  const { exitCode, stdout } = await run(installer.file, args);
  return exitCode === 0 ? [stdout.trim()] : [];
}

const script = `import json, platform, sys
print(json.dumps({"file": getattr(sys, "_base_executable", None) or sys.executable, "version": platform.python_version()}))`;

/** Null where it does not run as a Python. */
async function whichPython(file: string, source: string, run: Run): Promise<Python | null> {
  const { exitCode, stdout } = await run(file, ['-I', '-c', script]);
  if (exitCode !== 0) return null;
  try {
    const told = JSON.parse(stdout) as { readonly file: string; readonly version: string };
    return { ...told, source };
  } catch {
    return null;
  }
}

const noPython = (message: string): BenchFailure =>
  new BenchFailure('configuration', `client.runtime: ${message}`);
