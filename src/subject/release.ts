import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { beforeOption } from './as-of.ts';
import { copyFolder } from './copy.ts';
import { installedIn, missingPin, noSuchPin } from './installed.ts';
import type { Npm } from './npm.ts';

interface WantedRelease {
  /** The folder of the server, which stays as it is. */
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** Exact, a range, or a tag. */
  readonly version: string;
  readonly asOf: string | null;
  readonly pins: Readonly<Record<string, string>>;
  /** For messages: `npm:fastify@5 (candidate)`. */
  readonly called: string;
}

const locks = ['package-lock.json', 'npm-shrinkwrap.json'];
const sections = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

type Manifest = Readonly<Record<string, unknown>>;

/** A copy of a server's folder in which a package is installed at another version. Scripts do not run. */
export async function installRelease(
  wanted: WantedRelease,
  npm: Npm,
  leaveOut: (file: string) => boolean,
): Promise<SubjectFingerprint> {
  const { from, to, name, version, asOf, pins, called } = wanted;
  const isMade = (file: string): boolean => ['node_modules', '.git'].includes(path.basename(file));
  await copyFolder(from, to, (file) => isMade(file) || leaveOut(file));
  const file = path.join(to, 'package.json');
  const manifest = asking(await manifestIn(file, called), { [name]: version }, pins);
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  // What it locks may be younger than that day.
  if (asOf !== null) for (const lock of locks) await rm(path.join(to, lock), { force: true });
  const args = ['install', '--prefix', to, '--ignore-scripts', ...beforeOption(asOf)];
  await npm(args, { called, name, asOf, orElse: 'choose another release' });
  const installed = installedIn(to);
  const missing = missingPin(installed, pins);
  if (missing !== null) throw noSuchPin(called, missing);
  const { version: release, integrity } = installed.get(name) ?? {
    ...{ version: 'unknown', integrity: 'without integrity' },
  };
  return { 'target package': `${name}@${release}`, 'target integrity': integrity };
}

/** The manifest with a package at another version, and with pins that whatever asks for them gives way to. */
export function asking(
  manifest: Manifest,
  release: Readonly<Record<string, string>>,
  pins: Readonly<Record<string, string>>,
): Manifest {
  const said = { ...pins, ...release };
  const lists = sections.map((section) => {
    const list = (manifest[section] ?? {}) as Readonly<Record<string, string>>;
    const changed = Object.keys(said).filter((name) => Object.hasOwn(list, name));
    return [section, { ...list, ...pick(said, changed) }] as const;
  });
  const isAsked = (name: string): boolean => lists.some(([, list]) => Object.hasOwn(list, name));
  const added = pick(
    release,
    Object.keys(release).filter((name) => !isAsked(name)),
  );
  return {
    ...manifest,
    ...Object.fromEntries(lists.filter(([, list]) => Object.keys(list).length > 0)),
    dependencies: { ...lists[0]?.[1], ...added },
    ...(Object.keys(pins).length === 0
      ? {}
      : { overrides: { ...(manifest.overrides as Manifest | undefined), ...pins } }),
  };
}

const pick = (of: Readonly<Record<string, string>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));

/** Nothing where the folder has none. @throws BenchFailure where it cannot be read */
async function manifestIn(file: string, called: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { private: true };
  }
  try {
    return JSON.parse(text) as Manifest;
  } catch {
    throw new BenchFailure(
      'configuration',
      `${called}: the package.json of the server is no JSON. Correct it.`,
    );
  }
}
