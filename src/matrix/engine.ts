import type { EngineName, EngineSpec } from '../model/settings.ts';

/** What a matrix file may name; releases of those that are packages as `npm:undici@7.30.2` or `locust@2.31.0`. */
export const engineNames = [
  'http',
  'undici',
  'wrk',
  'autocannon',
  'locust',
  'k6',
  'oha',
] as const satisfies readonly EngineName[];

/** Packages of npm, and the release that the bare name means. */
const packages = { undici: '7', autocannon: '9' } as const;

const isPackage = (name: string): name is keyof typeof packages => Object.hasOwn(packages, name);

const isProgram = (name: string): name is 'wrk' | 'oha' => name === 'wrk' || name === 'oha';
const isOfPypi = (name: string): name is 'locust' | 'k6' => name === 'locust' || name === 'k6';

/** `2.31`, `2.31.0`, `2.31.0rc1`, `2.31.1.dev4`; the beginning of a release means the newest that begins so. */
const pypiVersion =
  /^(\w+)@(latest|\d+(?:\.\d+){0,1}|\d+(?:\.\d+){2}(?:(?:a|b|rc|\.dev|\.post)\d+)?)$/;

/** `http`, `wrk`, `undici`, `npm:undici@7` or `npm:undici@7.30.2`, and so for autocannon; `locust`, `locust@2.31.0`, `locust@latest`, and so for k6; else null. */
export const parseEngine = (given: string): EngineSpec | null => {
  if (given === 'http') return { kind: given };
  if (isProgram(given)) return { kind: given };
  if (isOfPypi(given)) return { kind: given, version: null };
  if (isPackage(given)) return { kind: given, version: packages[given] };
  const [, pypi = '', release = ''] = pypiVersion.exec(given) ?? [];
  if (isOfPypi(pypi)) return { kind: pypi, version: release };
  const [, name = '', version = ''] = /^npm:(\w+)@(\d+(?:\.\d+){0,2})$/.exec(given) ?? [];
  return isPackage(name) ? { kind: name, version } : null;
};
