import { engineName, runtimeName } from '../model/names.ts';
import { type EngineSpec, languageOf, type Settings } from '../model/settings.ts';
import type { Combination } from './cells.ts';
import { find, type Located } from './located.ts';
import { type Pattern, shownPattern } from './patterns.ts';
import { failureAt, keyPath, type Place } from './place.ts';

interface Rule {
  readonly section: 'client' | 'connection';
  readonly setting: 'asOf' | 'with' | 'runtime' | 'session' | 'context' | 'ca' | 'dns';
  readonly said: (settings: Settings) => string | null;
  /** In the same section. */
  readonly cause: 'engine' | 'tls' | 'reuse';
  readonly idle: (settings: Settings) => string | null;
}

const resumed = ({ connection: c }: Settings) => (c.session === 'resumed' ? 'resumed' : null);
const perConnection = ({ connection: c }: Settings) =>
  c.context === 'per-connection' ? 'per-connection' : null;
const lookedUp = ({ connection: c }: Settings) =>
  c.dns.kind === 'per-connection' ? 'per-connection' : null;
const caWords = { none: null, bundle: 'bundle', part: 'a part of the bundle', file: 'a file' };
const bundle = ({ connection: c }: Settings) => caWords[c.ca.kind];

const noTls = {
  ...({ section: 'connection', cause: 'tls' } as const),
  idle: ({ connection: c }: Settings) => (c.tls === 'none' ? 'none' : null),
};
/** Nothing is opened again that could resume a session, build another context or look a name up. */
const keptAlive = {
  ...({ section: 'connection', cause: 'reuse' } as const),
  idle: ({ connection: c }: Settings) => (c.reuse.kind === 'keep-alive' ? 'keep-alive' : null),
};

const ofEngine = { section: 'client', cause: 'engine' } as const;
/** Unless the engine is taken from a registry. */
const unless =
  (isResolved: (engine: EngineSpec) => boolean) =>
  ({ client: { engine } }: Settings) =>
    isResolved(engine) ? null : engineName(engine);
const ofRegistry = (engine: EngineSpec): boolean => 'version' in engine && engine.version !== null;

/** What the engine does not run on; `current` and a path say no language. */
function unusedRuntime({ client: { engine, runtime } }: Settings): string | null {
  if (runtime.kind === 'current') return null;
  const language = languageOf(engine);
  const isOnPath = language === null || (language === 'python' && !ofRegistry(engine));
  const other = language === 'python' ? 'npm' : 'python';
  return isOnPath || runtime.kind === other ? engineName(engine) : null;
}

const rules: readonly Rule[] = [
  { ...ofEngine, setting: 'asOf', said: ({ client }) => client.asOf, idle: unless(ofRegistry) },
  {
    ...ofEngine,
    setting: 'with',
    said: ({ client }) => Object.keys(client.with)[0] ?? null,
    // k6 is one file.
    idle: unless((engine) => ofRegistry(engine) && engine.kind !== 'k6'),
  },
  {
    ...ofEngine,
    setting: 'runtime',
    said: ({ client }) => runtimeName(client.runtime),
    idle: unusedRuntime,
  },
  { setting: 'session', said: resumed, ...noTls },
  { setting: 'context', said: perConnection, ...noTls },
  { setting: 'ca', said: bundle, ...noTls },
  { setting: 'session', said: resumed, ...keptAlive },
  { setting: 'context', said: perConnection, ...keptAlive },
  { setting: 'dns', said: lookedUp, ...keptAlive },
];

/** The axis and variant whose overlay a place lies in; null for the base and for an option. */
const sayer = (place: Place | undefined): readonly [string, string] | null => {
  if (place === undefined || place.kind === 'option' || place.path[0] !== 'axes') return null;
  const [, axis, variant] = place.path;
  return typeof axis === 'string' && typeof variant === 'string' ? [axis, variant] : null;
};

const overlayOf = (place: Place): string => {
  const said = sayer(place);
  return said ? keyPath(['axes', ...said]) : 'the base settings';
};

const advice = (
  cell: Combination,
  rule: Rule,
  setting: Place,
  cause: Place | undefined,
): string => {
  const said = [sayer(setting), sayer(cause)].flatMap((one) => (one ? [one] : []));
  const involved: Pattern = new Map(
    [...cell.names].filter(([axis]) => said.some(([name]) => name === axis)),
  );
  const sameVariant = said.length === 2 && said[0]?.[0] === said[1]?.[0];
  const drop =
    involved.size === 0 || sameVariant
      ? `remove ${rule.setting}`
      : cell.putBack
        ? 'take the cell out of include'
        : `add ${shownPattern(involved)} to exclude`;
  return `Change ${rule.cause}, or ${drop}.`;
};

/**
 * A setting that does nothing makes a cell look as if it had been measured in another mode. Each role
 * of a cell is judged for itself.
 * @param tree the merged settings, still with their places.
 * @throws BenchFailure `configuration` at the setting, with the `exclude` line that drops the cell.
 */
export const refuseIdleSettings = (cell: Combination, tree: Located, settings: Settings): void => {
  for (const rule of rules) {
    const said = rule.said(settings);
    const because = rule.idle(settings);
    if (said === null || because === null) continue;
    const setting = find(tree, [rule.section, rule.setting])?.place ?? tree.place;
    const cause = find(tree, [rule.section, rule.cause])?.place;
    const by = cause ? overlayOf(cause) : 'the default';
    throw failureAt(
      setting,
      `${said} (from ${overlayOf(setting)}) has no effect in the cell ${cell.id}, where ${rule.cause} is ${because} (from ${by}). ${advice(cell, rule, setting, cause)}`,
    );
  }
};
