import { createHash } from 'node:crypto';
import type { Resolution } from '../model/settings.ts';
import { endOfDay } from './as-of.ts';
import type { Installer } from './installer.ts';

/** A package of PyPI, and what is said of its dependencies. */
export interface Wanted extends Resolution {
  readonly name: string;
  /** Exact, the beginning of a release such as `2.31`, or `latest`. */
  readonly version: string;
}

/**
 * Dependencies of Locust releases that are published as source only, in Python alone. Whatever else has no wheel is
 * refused: building it would run a stranger's program, with whatever compiler this machine has.
 */
const builtFromSource = ['flask-basicauth', 'roundrobin'] as const;

const isExact = (version: string): boolean => /^\d+\.\d+\.\d+/.test(version);

/** As both installers read them: `locust==2.26.0`. */
export function requirementsOf({ name, version, with: pins }: Wanted): readonly string[] {
  const own =
    version === 'latest' ? name : `${name}==${isExact(version) ? version : `${version}.*`}`;
  return [own, ...Object.entries(pins).map(([pinned, exact]) => `${pinned}==${exact}`)];
}

/**
 * What a folder's name says beside package and version: equal ones hold the same.
 * @param day on which a release that is not named exactly is looked up
 */
export function digestOf(
  wanted: Wanted,
  python: { readonly file: string; readonly version: string },
  installer: Installer['kind'],
  day: string,
): string {
  const pins = Object.entries(wanted.with).sort(([a], [b]) => (a < b ? -1 : 1));
  const lookedUp = isExact(wanted.version) || wanted.asOf !== null ? null : day;
  const all = [pins, wanted.asOf, python.file, python.version, installer, lookedUp];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 12);
}

/** Files of their own: by default uv links those of its cache, and two copies would be one. */
export const uvInstall = (
  python: string,
  requirements: readonly string[],
  asOf: string | null,
): readonly string[] => [
  ...['pip', 'install', '--quiet', '--python', python, '--link-mode', 'copy'],
  ...['--only-binary', ':all:'],
  ...builtFromSource.flatMap((name) => ['--no-binary', name]),
  ...(asOf === null ? [] : ['--exclude-newer', endOfDay(asOf)]),
  ...requirements,
];

export const pipInstall = (
  requirements: readonly string[],
  asOf: string | null,
): readonly string[] => [
  ...['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
  ...['--retries', '2', '--only-binary', ':all:', '--no-binary', builtFromSource.join(',')],
  ...(asOf === null ? [] : ['--uploaded-prior-to', endOfDay(asOf)]),
  ...requirements,
];
