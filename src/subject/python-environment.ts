import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BenchFailure } from '../model/failure.ts';
import type { Installer, Ran, Run } from './installer.ts';
import { once } from './once.ts';
import { digestOf, pipInstall, requirementsOf, uvInstall, type Wanted } from './pypi-arguments.ts';
import { asOfNeedsUv, environmentFailure, installFailure } from './pypi-failure.ts';
import type { Python } from './python.ts';

export interface PypiWorld {
  readonly cache: string;
  readonly run: Run;
  readonly searchPath: string;
  /** `2026-11-24`, UTC. */
  readonly today: string;
  /** Makes the name of a temporary folder unique among processes. */
  readonly unique: string;
  readonly progress: (line: string) => void;
}

export interface PythonEnvironment {
  readonly folder: string;
  /** The environment's own interpreter. Programs are run as its modules: the scripts beside it name another folder. */
  readonly python: string;
  readonly made: Made;
}

/** What there is to know of how an environment was made; kept in it. */
interface Made {
  /** `uv 0.13.9`, or `pip`. */
  readonly installer: string;
  /** `as of 2024-04-20`, or `on 2026-11-24`. */
  readonly resolved: string;
  /** `requests==2.31.0`, all of them. */
  readonly releases: readonly string[];
}

const madeFile = 'bench-matrix.json';
const interpreterIn = (folder: string): string => path.join(folder, 'bin', 'python');

/**
 * Installs a package of PyPI, with all that it needs, into an isolated environment in the cache, once. Copy `b` is made
 * anew from what was resolved for the first, in a path of the same length: an environment names its own folder.
 * @throws BenchFailure in one line.
 */
export async function makeEnvironment(
  wanted: Wanted,
  { python, installer }: { readonly python: Python; readonly installer: Installer },
  copy: 'a' | 'b',
  world: PypiWorld,
): Promise<PythonEnvironment> {
  const digest = digestOf(wanted, python, installer.kind, world.today);
  const name = `${wanted.name}-${wanted.version}-${digest}`;
  const of = (letter: 'a' | 'b'): string =>
    path.join(world.cache, 'environments', `${name}-${letter}`);
  const install = (requirements: readonly string[]) => (folder: string) =>
    fill({ wanted, python, installer, requirements, folder }, world);
  await once(of('a'), world.unique, install(requirementsOf(wanted)));
  if (copy === 'b') await once(of('b'), world.unique, install(madeIn(of('a')).releases));
  const folder = of(copy);
  return { folder, python: interpreterIn(folder), made: madeIn(folder) };
}

const madeIn = (folder: string): Made =>
  JSON.parse(readFileSync(path.join(folder, madeFile), 'utf8')) as Made;

interface Filling {
  readonly wanted: Wanted;
  readonly python: Python;
  readonly installer: Installer;
  readonly requirements: readonly string[];
  readonly folder: string;
}

async function fill(filling: Filling, world: PypiWorld): Promise<void> {
  const { wanted, python, installer, folder } = filling;
  const { name, version, asOf } = wanted;
  const by = installer.kind === 'uv' ? installer.name : 'pip';
  world.progress(`installing ${name}@${version} for Python ${python.version} with ${by}`);
  const releases =
    installer.kind === 'uv'
      ? await fillWithUv(filling, installer.file, world.run)
      : await fillWithPip(filling, world.run);
  // Before anything runs in it: an arm that came second would find the first one's bytecode. A file that does not
  // compile belongs to another Python, and is not imported.
  await world.run(interpreterIn(folder), ['-m', 'compileall', '-q', path.join(folder, 'lib')]);
  const made: Made = {
    installer: by,
    resolved: asOf === null ? `on ${world.today}` : `as of ${asOf}`,
    releases,
  };
  await writeFile(path.join(folder, madeFile), JSON.stringify(made));
}

async function fillWithUv(
  { wanted, python, requirements, folder }: Filling,
  uv: string,
  run: Run,
): Promise<readonly string[]> {
  const own = interpreterIn(folder);
  const venv = ['venv', '--quiet', '--no-project', '--no-python-downloads', '--allow-existing'];
  const failed = (said: string): BenchFailure => environmentFailure(wanted, python, said);
  succeed(await run(uv, [...venv, '--python', python.file, folder]), failed);
  succeed(await run(uv, uvInstall(own, requirements, wanted.asOf)), (said) =>
    installFailure(wanted, python.version, said),
  );
  return releasesIn(succeed(await run(uv, ['pip', 'freeze', '--python', own]), failed));
}

async function fillWithPip(
  { wanted, python, requirements, folder }: Filling,
  run: Run,
): Promise<readonly string[]> {
  const own = interpreterIn(folder);
  const failed = (said: string): BenchFailure => environmentFailure(wanted, python, said);
  succeed(await run(python.file, ['-m', 'venv', folder]), failed);
  if (wanted.asOf !== null) {
    const { stdout } = await run(own, ['-m', 'pip', 'install', '--help']);
    if (!stdout.includes('--uploaded-prior-to')) throw asOfNeedsUv(wanted);
  }
  succeed(await run(own, pipInstall(requirements, wanted.asOf)), (said) =>
    installFailure(wanted, python.version, said),
  );
  return releasesIn(succeed(await run(own, ['-m', 'pip', 'freeze']), failed));
}

const releasesIn = (printed: string): readonly string[] =>
  printed.split('\n').filter((line) => /^[\w.-]+==/.test(line));

/** @returns what it printed. */
function succeed(
  { exitCode, stdout, stderr }: Ran,
  failure: (said: string) => BenchFailure,
): string {
  if (exitCode === 0) return stdout;
  throw failure(`${stderr}\n${stdout}`);
}
