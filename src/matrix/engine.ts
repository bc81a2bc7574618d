import type { EngineName, EngineSpec } from '../model/settings.ts';

/** What a matrix file may name; releases of those that are packages as `npm:undici@7.30.2`. */
export const engineNames = [
  'http',
  'undici',
  'wrk',
  'autocannon',
] as const satisfies readonly EngineName[];

/** Packages of npm, and the release that the bare name means. */
const packages = { undici: '7', autocannon: '9' } as const;

const isPackage = (name: string): name is keyof typeof packages => Object.hasOwn(packages, name);

/** `http`, `wrk`, `undici`, `npm:undici@7` or `npm:undici@7.30.2`, and so for autocannon; else null. */
export const parseEngine = (given: string): EngineSpec | null => {
  if (given === 'http' || given === 'wrk') return { kind: given };
  if (isPackage(given)) return { kind: given, version: packages[given] };
  const [, name = '', version = ''] = /^npm:(\w+)@(\d+(?:\.\d+){0,2})$/.exec(given) ?? [];
  return isPackage(name) ? { kind: name, version } : null;
};
