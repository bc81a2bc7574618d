import { access, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../model/failure.ts';
import type { RuntimeSpec } from '../model/settings.ts';
import { nodePackage } from './node-package.ts';
import type { Npm } from './npm.ts';

export interface InstalledRuntime {
  readonly file: string;
  /** Where it came from, for the fingerprint. */
  readonly source: string;
}

export interface InstallWorld {
  readonly cache: string;
  readonly npm: Npm;
  readonly platform: string;
  readonly arch: string;
  /** Makes the name of a temporary folder unique among processes. */
  readonly unique: string;
  readonly progress: (line: string) => void;
}

/**
 * Makes a runtime ready to run. Copy `b` is a second copy of the same files in a path of the same
 * length, for A/A runs: two arms that share their files cannot show a difference of layout on disk.
 */
export async function installRuntime(
  runtime: RuntimeSpec,
  copy: 'a' | 'b',
  world: InstallWorld,
): Promise<InstalledRuntime> {
  if (runtime.kind === 'current')
    return { file: process.execPath, source: 'the Node that runs bench' };
  if (runtime.kind === 'path') return { file: runtime.path, source: 'a path' };
  const name = nodePackage(world.platform, world.arch, runtime.version);
  const version = await exactVersion(name, runtime.version, world);
  const first = path.join(world.cache, 'runtimes', `${name}-${version}-a`);
  await once(first, world, (folder) => install(name, version, folder, world));
  const wanted = path.join(world.cache, 'runtimes', `${name}-${version}-${copy}`);
  if (copy === 'b') await once(wanted, world, (folder) => cp(first, folder, { recursive: true }));
  const integrity = await integrityOf(wanted, name);
  return {
    file: path.join(wanted, 'node_modules', name, 'bin', 'node'),
    source: `npm:${name}@${version} ${integrity}`,
  };
}

async function exactVersion(name: string, version: string, world: InstallWorld): Promise<string> {
  if (/^\d+\.\d+\.\d+$/.test(version)) return version;
  const spec = `${name}@${version}`;
  const printed = await world.npm(['view', spec, 'version', '--json'], `node@${version} (${spec})`);
  const found: unknown = printed.trim() === '' ? [] : JSON.parse(printed);
  const newest = Array.isArray(found) ? found.at(-1) : found;
  return typeof newest === 'string' ? newest : version;
}

async function install(
  name: string,
  version: string,
  folder: string,
  world: InstallWorld,
): Promise<void> {
  world.progress(
    `installing node@${version} (${name}, a third party's package of the official build)`,
  );
  const what = `node@${version} (${name}@${version})`;
  await world.npm(
    ['install', '--prefix', folder, `${name}@${version}`, '--ignore-scripts', '--force'],
    what,
  );
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
