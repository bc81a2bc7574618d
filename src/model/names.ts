import type {
  EngineSpec,
  Resolution,
  RuntimeSpec,
  Settings,
  TargetSettings,
  TargetVersion,
} from './settings.ts';

/** The way a user writes a runtime; also its name in reports. */
export function runtimeName(runtime: RuntimeSpec): string {
  switch (runtime.kind) {
    case 'npm':
      return `node@${runtime.version}`;
    case 'python':
      return `python@${runtime.version}`;
    case 'path':
      return runtime.path;
    case 'current':
      return 'current';
  }
}

/** The way a user writes an engine; also its name in reports. */
export function engineName(engine: EngineSpec): string {
  switch (engine.kind) {
    case 'undici':
    case 'autocannon':
      return `npm:${engine.kind}@${engine.version}`;
    case 'locust':
    case 'k6':
      return engine.version === null ? engine.kind : `${engine.kind}@${engine.version}`;
    case 'http':
    case 'wrk':
    case 'oha':
      return engine.kind;
  }
}

/** `as of 2024-04-20, with requests 2.31.0`; the empty string where nothing is said. */
function resolutionWords({ asOf, with: pins }: Resolution): string {
  const names = Object.entries(pins).map(([name, version]) => `${name} ${version}`);
  const words = [
    asOf === null ? '' : `as of ${asOf}`,
    names.length === 0 ? '' : `with ${names.sort().join(' and ')}`,
  ];
  return words.filter((word) => word !== '').join(', ');
}

/** What the client of an arm is, by its versions: `node@20`, or `python@3.11, locust@2.26.0, as of 2024-04-20`. */
export function clientName({ client }: Pick<Settings, 'client'>): string {
  const { engine, runtime } = client;
  const isOurs = engine.kind === 'http';
  const names = [
    isOurs || runtime.kind !== 'current' ? runtimeName(runtime) : '',
    isOurs ? '' : engineName(engine),
    resolutionWords(client),
  ];
  return names.filter((name) => name !== '').join(', ');
}

/** What serves, in the way a user writes it. */
export function targetName(target: TargetSettings): string {
  switch (target.kind) {
    case 'builtin':
      return `built-in ${target.builtin}`;
    case 'start':
      return target.start;
    case 'url':
      return target.url;
  }
}

/** The way a user writes it; null where nobody did. */
export function versionName(version: TargetVersion): string | null {
  switch (version.kind) {
    case 'folder':
      return null;
    case 'git':
      return `git:${version.ref}`;
    case 'worktree':
      return 'git:WORKTREE';
    case 'npm':
      return `npm:${version.name}@${version.version}`;
  }
}
