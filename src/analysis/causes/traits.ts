import type { Settings } from '../../model/settings.ts';

/** What a cell does with its connections, whatever its variants are called. Those that it does not have are absent. */
export type Traits = ReadonlyMap<string, string>;

export function traitsOf({ connection }: Settings): Traits {
  const { tls, reuse, context, session, dns } = connection;
  const isOpened = reuse.kind !== 'keep-alive';
  const often = reuse.kind === 'every' ? `every ${reuse.requests} requests` : 'each request';
  return new Map([
    ['TLS', tls === 'none' ? 'no' : 'yes'],
    ['opened', isOpened ? 'yes' : 'no'],
    ...(isOpened ? [['often', often] as const] : []),
    ...(isOpened && tls !== 'none' && context === 'per-connection'
      ? [['context', 'a new context'] as const]
      : []),
    ...(isOpened && tls !== 'none' && session === 'resumed'
      ? [['session', 'a resumed session'] as const]
      : []),
    ...(isOpened && dns.kind === 'per-connection' ? [['look-up', 'a look-up'] as const] : []),
  ]);
}

export const holdsAll = (traits: Traits, wanted: Traits): boolean =>
  [...wanted].every(([name, value]) => traits.get(name) === value);

/** Those that all have alike. */
export const sharedTraits = ([first = new Map(), ...others]: readonly Traits[]): Traits =>
  new Map([...first].filter(([name, value]) => others.every((own) => own.get(name) === value)));

/** `a TLS connection is opened with a new context for each request`; null where they share nothing that could be said. */
export function traitWords(traits: Traits): string | null {
  const tls = traits.get('TLS');
  if (traits.get('opened') === 'no') {
    const kept = tls === 'yes' ? 'TLS connections are kept' : 'connections are kept';
    return tls === 'no' ? `${kept}, without TLS` : kept;
  }
  if (traits.get('opened') !== 'yes') {
    if (tls === undefined) return null;
    return tls === 'yes' ? 'connections use TLS' : 'connections are without TLS';
  }
  const what =
    tls === undefined
      ? 'a connection'
      : tls === 'yes'
        ? 'a TLS connection'
        : 'a connection without TLS';
  const extras = ['context', 'session', 'look-up'].flatMap((name) => traits.get(name) ?? []);
  const by = extras.length === 0 ? '' : ` with ${extras.join(' and ')}`;
  const often = traits.get('often');
  return `${what} is opened${by}${often === undefined ? '' : ` for ${often}`}`;
}
