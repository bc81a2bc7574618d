import type { ConnectionSettings } from '../model/settings.ts';
import type { Combination } from './cells.ts';
import { find, type Located } from './located.ts';
import { type Pattern, shownPattern } from './patterns.ts';
import { failureAt, keyPath, type Place } from './place.ts';

interface Rule {
  readonly setting: 'session' | 'context' | 'ca' | 'dns';
  readonly said: (connection: ConnectionSettings) => string | null;
  readonly cause: 'tls' | 'reuse';
  readonly idle: (connection: ConnectionSettings) => string | null;
}

const resumed = (c: ConnectionSettings) => (c.session === 'resumed' ? 'resumed' : null);
const perConnection = (c: ConnectionSettings) =>
  c.context === 'per-connection' ? 'per-connection' : null;
const lookedUp = (c: ConnectionSettings) =>
  c.dns.kind === 'per-connection' ? 'per-connection' : null;
const caWords = { none: null, bundle: 'bundle', part: 'a part of the bundle', file: 'a file' };
const bundle = (c: ConnectionSettings) => caWords[c.ca.kind];

const noTls = {
  cause: 'tls',
  idle: (c: ConnectionSettings) => (c.tls === 'none' ? 'none' : null),
} as const;
/** Nothing is opened again that could resume a session, build another context or look a name up. */
const keptAlive = {
  cause: 'reuse',
  idle: (c: ConnectionSettings) => (c.reuse.kind === 'keep-alive' ? 'keep-alive' : null),
} as const;

const rules: readonly Rule[] = [
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
export const refuseIdleSettings = (
  cell: Combination,
  tree: Located,
  connection: ConnectionSettings,
): void => {
  for (const rule of rules) {
    const said = rule.said(connection);
    const because = rule.idle(connection);
    if (said === null || because === null) continue;
    const setting = find(tree, ['connection', rule.setting])?.place ?? tree.place;
    const cause = find(tree, ['connection', rule.cause])?.place;
    const by = cause ? overlayOf(cause) : 'the default';
    throw failureAt(
      setting,
      `${said} (from ${overlayOf(setting)}) has no effect in the cell ${cell.id}, where ${rule.cause} is ${because} (from ${by}). ${advice(cell, rule, setting, cause)}`,
    );
  }
};
