import path from 'node:path';
import type { CaSource, RuntimeSpec, Settings, TargetSettings } from '../model/settings.ts';

/** `current`, `node@20`, `node@16.20.2`, `python@3.11`, or a path that begins with `/`, `./` or `../`; else null. */
export const parseRuntime = (given: string): RuntimeSpec | null => {
  if (given === 'current') return { kind: 'current' };
  if (/^\.{0,2}\/[^\0]+$/.test(given)) return { kind: 'path', path: given };
  const [, node] = /^node@(\d+(?:\.\d+){0,2})$/.exec(given) ?? [];
  if (node !== undefined) return { kind: 'npm', version: node };
  const [, python] = /^python@(\d+\.\d+(?:\.\d+)?)$/.exec(given) ?? [];
  return python === undefined ? null : { kind: 'python', version: python };
};

/**
 * Paths in a matrix file are relative to the file's folder. The result keeps a leading `./`, because a
 * bare name would be looked up in PATH.
 */
export const pathsFrom =
  (folder: string) =>
  (given: string): string => {
    const joined = path.isAbsolute(given) ? path.normalize(given) : path.join(folder, given);
    return path.isAbsolute(joined) || joined.startsWith('..') ? joined : `./${joined}`;
  };

export const withPaths = (
  settings: Settings,
  resolve: {
    readonly runtime: (given: string) => string;
    readonly ca: (given: string) => string;
    /** Of `client.file`. */
    readonly file: (given: string) => string;
    /** The matrix file's. */
    readonly folder: string;
  },
): Settings => {
  const runtime: RuntimeSpec =
    settings.client.runtime.kind === 'path'
      ? { kind: 'path', path: resolve.runtime(settings.client.runtime.path) }
      : settings.client.runtime;
  const ca: CaSource =
    settings.connection.ca.kind === 'file'
      ? { kind: 'file', path: resolve.ca(settings.connection.ca.path) }
      : settings.connection.ca;
  const target: TargetSettings =
    settings.target.kind === 'start'
      ? { ...settings.target, folder: resolve.folder }
      : settings.target;
  const { locustfile: said } = settings.client;
  const locustfile = said?.kind === 'own' ? { ...said, path: resolve.file(said.path) } : said;
  return {
    ...settings,
    target,
    client: { ...settings.client, runtime, locustfile },
    connection: { ...settings.connection, ca },
  };
};
