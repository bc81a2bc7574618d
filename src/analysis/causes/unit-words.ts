import type { Unit, UnitKind } from '../../model/causes.ts';

const singular: Readonly<Record<UnitKind, string>> = {
  request: 'a request',
  tlsRequest: 'a request over TLS, on top',
  kilobyte: 'a kB of body',
  tlsKilobyte: 'a kB of body over TLS, on top',
  connection: 'a connection',
  handshakeFull: 'a full handshake',
  handshakeResumed: 'a resumed handshake',
  context: 'a TLS context',
  certificate: 'loading a CA certificate',
  lookup: 'a look-up',
};

const plural: Readonly<Record<UnitKind, string>> = {
  request: 'requests',
  tlsRequest: 'requests over TLS',
  kilobyte: 'kB of body',
  tlsKilobyte: 'kB of body over TLS',
  connection: 'connections',
  handshakeFull: 'full handshakes',
  handshakeResumed: 'resumed handshakes',
  context: 'TLS contexts',
  certificate: 'CA certificates',
  lookup: 'look-ups',
};

/** What a matrix needs so that this unit is not always there when those before it are. */
const separatedBy: Readonly<Record<UnitKind, string>> = {
  request: 'Add cells in which a request is not always sent with it.',
  tlsRequest:
    'Add cells with `connection.tls: none`, and with `reuse: keep-alive` and `close` under TLS.',
  kilobyte: 'Add an axis that varies `target.bodyBytes`.',
  tlsKilobyte: 'Add an axis that varies `target.bodyBytes`, with TLS and without.',
  connection:
    'Add cells with `connection.reuse: keep-alive` and `close`, or vary `reuse: { every: N }`.',
  handshakeFull: 'Add cells with `connection.tls: none` and `reuse: close`.',
  handshakeResumed: 'Add cells with `connection.session: none` beside `resumed`.',
  context: 'Add cells with `connection.context: shared` beside `per-connection`.',
  certificate:
    'Add an axis that varies `connection.ca`, such as `none`, `{ bundle: 24 }` and `bundle`.',
  lookup: 'Add cells with `connection.dns: literal` beside `per-connection`.',
};

const withVersion = (text: string, { tls }: Unit): string =>
  tls === null
    ? text
    : text.replace('over TLS', `over TLS ${tls}`).replace(/handshakes?$/, `$&, TLS ${tls}`);

/** `a full handshake, TLS 1.3`. */
export const unitName = (unit: Unit): string => withVersion(singular[unit.kind], unit);

/** `145 CA certificates`; one of them goes without its number. */
export function unitsNamed(unit: Unit, number: number): string {
  if (Math.abs(number - 1) < 0.005) return unitName(unit);
  const digits = number >= 10 ? 0 : number >= 1 ? 1 : 3;
  return `${Number(number.toFixed(digits))} ${withVersion(plural[unit.kind], unit)}`;
}

export const separating = ({ kind }: Unit): string => separatedBy[kind];
