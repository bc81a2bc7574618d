import type { Unit, UnitKind } from '../../model/causes.ts';

/** @param tls `TLS 1.3`. */
type Words = (tls: string) => string;

const singular: Readonly<Record<UnitKind, Words>> = {
  request: () => 'a request',
  tlsRequest: (tls) => `${tls} for a request`,
  kilobyte: () => 'a kB of body',
  tlsKilobyte: (tls) => `${tls} for a kB of body`,
  connection: () => 'a connection',
  handshakeFull: (tls) => `a full handshake of ${tls}`,
  handshakeResumed: (tls) => `a resumed handshake of ${tls}`,
  context: () => 'a TLS context',
  certificate: () => 'loading a CA certificate',
  lookup: () => 'a look-up',
};

const plural: Readonly<Record<UnitKind, Words>> = {
  request: () => 'requests',
  tlsRequest: (tls) => `requests of ${tls}`,
  kilobyte: () => 'kB of body',
  tlsKilobyte: () => 'kB of body',
  connection: () => 'connections',
  handshakeFull: (tls) => `full handshakes of ${tls}`,
  handshakeResumed: (tls) => `resumed handshakes of ${tls}`,
  context: () => 'TLS contexts',
  certificate: () => 'CA certificates',
  lookup: () => 'look-ups',
};

/** What a matrix needs so that this unit does not always come with those before it. */
const separatedBy: Readonly<Record<UnitKind, string>> = {
  request: 'Add cells that send more requests for each connection.',
  tlsRequest:
    'Add cells with `connection.tls: none`, and under TLS both `reuse: keep-alive` and `close`.',
  kilobyte: 'Add an axis that varies `target.bodyBytes`.',
  tlsKilobyte: 'Add an axis that varies `target.bodyBytes`, with TLS and without.',
  connection: 'Add cells with `reuse: keep-alive` and `close`, or with `{ every: 4 }`.',
  handshakeFull: 'Add cells with `connection.tls: none` and `reuse: close`.',
  handshakeResumed: 'Add cells with `connection.session: none` beside `resumed`.',
  context: 'Add cells with `connection.context: shared` beside `per-connection`.',
  certificate: 'Add an axis that varies `connection.ca`, such as `{ bundle: 24 }` and `bundle`.',
  lookup: 'Add cells with `connection.dns: literal` beside `per-connection`.',
};

const versionOf = ({ tls }: Unit): string => (tls === null ? 'TLS' : `TLS ${tls}`);

/** `a full handshake of TLS 1.3`. */
export const unitName = (unit: Unit): string => singular[unit.kind](versionOf(unit));

/** `145 CA certificates`; one of them goes without its number. */
export function unitsNamed(unit: Unit, number: number): string {
  if (Math.abs(number - 1) < 0.005) return unitName(unit);
  const digits = number >= 10 ? 0 : number >= 1 ? 1 : 3;
  return `${Number(number.toFixed(digits))} ${plural[unit.kind](versionOf(unit))}`;
}

export const separating = ({ kind }: Unit): string => separatedBy[kind];
