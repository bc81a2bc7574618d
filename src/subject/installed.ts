import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';

/** A package as npm installed it. */
export interface Installed {
  readonly version: string;
  readonly integrity: string;
}

interface Lock {
  readonly packages?: Readonly<Record<string, Partial<Installed> & { readonly link?: boolean }>>;
}

/** By its place below `node_modules`, such as `a/node_modules/b`. Empty where npm has installed nothing. */
export function installedIn(folder: string): ReadonlyMap<string, Installed> {
  const { packages = {} } = lockIn(folder);
  const modules = 'node_modules/';
  return new Map(
    Object.entries(packages)
      .filter(([key]) => key.startsWith(modules))
      .map(([key, { version = 'unknown', integrity = 'without integrity' }]) => [
        key.slice(modules.length),
        { version, integrity },
      ]),
  );
}

/** Of what lies in `node_modules`: the other lock file says what should. */
function lockIn(folder: string): Lock {
  try {
    const text = readFileSync(path.join(folder, 'node_modules', '.package-lock.json'), 'utf8');
    return JSON.parse(text) as Lock;
  } catch {
    return {};
  }
}

/** The first that is not there at its version, and nowhere at another; null where there is none. */
export function missingPin(
  installed: ReadonlyMap<string, Installed>,
  pins: Readonly<Record<string, string>>,
): string | null {
  const isOf = (name: string, place: string): boolean =>
    place === name || place.endsWith(`node_modules/${name}`);
  const kept = ([name, pinned]: readonly [string, string]): boolean => {
    const found = [...installed].filter(([place]) => isOf(name, place));
    return found.length > 0 && found.every(([, { version }]) => version === pinned);
  };
  const [name, version] = Object.entries(pins).find((pin) => !kept(pin)) ?? [];
  return name === undefined ? null : `${name} ${version}`;
}

export const noSuchPin = (called: string, pin: string): BenchFailure =>
  new BenchFailure(
    'configuration',
    `${called}: it does not bring along ${pin}, which \`with\` names. Correct the name and the version, or remove it.`,
  );
