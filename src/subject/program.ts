import { readFileSync } from 'node:fs';
import path from 'node:path';
import { x } from 'tinyexec';
import { findProgram } from '../machine/files.ts';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { type EngineSpec, newest } from '../model/settings.ts';
import { installedIn } from './installed.ts';
import { type InstallWorld, installPackage } from './package.ts';

export interface InstalledProgram {
  /** The empty string where we are the engine. */
  readonly file: string;
  /** Null where it is no package. */
  readonly release: Release | null;
  /** The program and all that it brought along. */
  readonly fingerprint: SubjectFingerprint;
}

/** A package of npm, by what it says of itself. */
export interface Release {
  readonly name: string;
  readonly version: string;
  /** The range of Nodes that it runs on; null where it does not say. */
  readonly node: string | null;
}

/** Makes the engine's own program ready to run. @throws BenchFailure with the command that installs what is missing. */
export async function installProgram(
  engine: EngineSpec,
  copy: 'a' | 'b',
  world: InstallWorld & { readonly searchPath: string },
): Promise<InstalledProgram> {
  switch (engine.kind) {
    case 'http':
      return { file: '', release: null, fingerprint: {} };
    case 'wrk':
      return findWrk(world.searchPath);
    case 'autocannon':
      return installEngine(engine, 'autocannon.js', copy, world);
    case 'undici': {
      const installed = await installEngine(engine, 'index.js', copy, world);
      return { ...installed, fingerprint: { ...installed.fingerprint, allowH2: 'false' } };
    }
  }
}

/** @param main its file, from its folder. */
async function installEngine(
  { kind: name, version }: Extract<EngineSpec, { version: string }>,
  main: string,
  copy: 'a' | 'b',
  world: InstallWorld,
): Promise<InstalledProgram> {
  const called = (version: string): string => `npm:${name}@${version}`;
  const { folder, source } = await installPackage(
    {
      ...{ name, version, called, installing: called, shelf: 'programs', resolution: newest },
      orElse: 'choose another release',
    },
    copy,
    world,
  );
  const own = path.join(folder, 'node_modules', name);
  const said = JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly engines?: { readonly node?: string };
  };
  return {
    file: path.join(own, main),
    release: { name, version: said.version, node: said.engines?.node ?? null },
    fingerprint: { program: source, ...dependenciesIn(folder) },
  };
}

async function findWrk(searchPath: string): Promise<InstalledProgram> {
  const file = findProgram('wrk', searchPath);
  if (file === null) {
    throw new BenchFailure(
      'configuration',
      'client.engine: wrk is not on PATH. Install it (`apt-get install wrk`, `brew install wrk`), or choose engine http, undici or autocannon.',
    );
  }
  // It prints its version and leaves with 1.
  const { stdout } = await x(file, ['-v']);
  return { file, release: null, fingerprint: { program: stdout.split('\n')[0]?.trim() ?? 'wrk' } };
}

/** Incidents are dependency drift: every package that came along, by its version. */
const dependenciesIn = (folder: string): SubjectFingerprint =>
  Object.fromEntries([...installedIn(folder)].map(([place, { version }]) => [place, version]));
