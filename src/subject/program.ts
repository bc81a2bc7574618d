import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { engineName } from '../model/names.ts';
import type { ClientSettings, NpmEngine } from '../model/settings.ts';
import { installedIn } from './installed.ts';
import { type InstallWorld, installPackage } from './package.ts';

export interface InstalledProgram {
  /** The name of a module where Python runs it; the empty string where we are the engine. */
  readonly file: string;
  /** Null where it is no package. */
  readonly release: Release | null;
  /** The program and all that it brought along. */
  readonly fingerprint: SubjectFingerprint;
}

/** A package of a registry, by what it says of itself. */
export interface Release {
  readonly name: string;
  readonly version: string;
  /** The range of Nodes that it runs on; null where it does not say, or is none of Node's. */
  readonly node: string | null;
}

/** Makes a library or a program of npm ready to run. @throws BenchFailure */
export async function installProgram(
  { engine, asOf, with: pins }: Pick<ClientSettings, 'asOf' | 'with'> & { engine: NpmEngine },
  copy: 'a' | 'b',
  world: InstallWorld,
): Promise<InstalledProgram> {
  const { kind: name, version } = engine;
  const called = (version: string): string => engineName({ kind: name, version });
  const { folder, source } = await installPackage(
    {
      ...{ name, version, called, installing: called, shelf: 'programs' },
      ...{ resolution: { asOf, with: pins }, orElse: 'choose another release' },
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
    file: path.join(own, mains[name]),
    release: { name, version: said.version, node: said.engines?.node ?? null },
    fingerprint: { program: source, ...dependenciesIn(folder), ...spoken[name] },
  };
}

const mains = { undici: 'index.js', autocannon: 'autocannon.js' } as const;

const spoken: Readonly<Record<NpmEngine['kind'], SubjectFingerprint>> = {
  undici: { allowH2: 'false' },
  autocannon: {},
};

/** Incidents are dependency drift: every package that came along, by its version. */
const dependenciesIn = (folder: string): SubjectFingerprint =>
  Object.fromEntries([...installedIn(folder)].map(([place, { version }]) => [place, version]));
