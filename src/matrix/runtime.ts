import path from 'node:path';
import type { CaSource, RuntimeSpec, Settings, StartTarget } from '../model/settings.ts';

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

type Resolve = (given: string) => string;

const withPath = (runtime: RuntimeSpec, resolve: Resolve): RuntimeSpec =>
  runtime.kind === 'path' ? { kind: 'path', path: resolve(runtime.path) } : runtime;

/** @param resolve what makes of a path, as it was given, one from where bench runs. */
export const withPaths = (
  settings: Settings,
  resolve: Readonly<Record<'runtime' | 'targetRuntime' | 'ca' | 'file' | 'folder', Resolve>>,
): Settings => {
  const runtime = withPath(settings.client.runtime, resolve.runtime);
  const ca: CaSource =
    settings.connection.ca.kind === 'file'
      ? { kind: 'file', path: resolve.ca(settings.connection.ca.path) }
      : settings.connection.ca;
  const target =
    settings.target.kind === 'start' ? startWithPaths(settings.target, resolve) : settings.target;
  const { locustfile: said } = settings.client;
  const locustfile = said?.kind === 'own' ? { ...said, path: resolve.file(said.path) } : said;
  return {
    ...settings,
    target,
    client: { ...settings.client, runtime, locustfile },
    connection: { ...settings.connection, ca },
  };
};

const startWithPaths = (
  target: StartTarget,
  resolve: Readonly<Record<'targetRuntime' | 'folder', Resolve>>,
): StartTarget => ({
  ...target,
  folder: resolve.folder(target.folder),
  runtime: target.runtime && withPath(target.runtime, resolve.targetRuntime),
});
