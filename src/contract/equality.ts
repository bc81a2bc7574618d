import type { Counts, Observed } from '../model/counts.ts';
import type { ByRole } from '../model/plan.ts';
import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';

export interface Wire {
  readonly settings: Settings;
  readonly observed: Observed;
  readonly measured: Counts;
}

/** What must be the same on the wire in both arms, or one version is paid for other work. */
export function equalityClauses(arms: ByRole<Wire>): Clause[] {
  const { baseline, candidate } = arms;
  const same = (name: string, of: (wire: Wire) => string): Clause => {
    const [b, c] = [of(baseline), of(candidate)];
    return {
      clause: name,
      state: b === '' && c === '' ? 'unproven' : b === c ? 'proven' : 'broken',
      expected: 'the same in both arms',
      observed:
        b === c
          ? b || 'not observed'
          : `${b || 'nothing'} in baseline, ${c || 'nothing'} in candidate`,
    };
  };
  // Where the compare axis itself changes the TLS version, the wire differs on purpose.
  const tls = baseline.settings.connection.tls;
  const withTls = tls !== 'none' && tls === candidate.settings.connection.tls;
  return [
    same('HTTP version', ({ observed }) => observed.httpVersions.join(', ')),
    same('status', ({ observed }) => observed.statuses.join(', ')),
    same('body bytes per request', ({ measured }) =>
      measured.requests === 0
        ? ''
        : String(Math.round((measured.bytesIn / measured.requests) * 10) / 10),
    ),
    ...(withTls
      ? [
          same('TLS version', ({ observed }) => observed.tlsVersions.join(', ')),
          same('cipher', ({ observed }) => observed.ciphers.join(', ')),
          same('key exchange', ({ observed }) => observed.keyExchanges.join(', ')),
        ]
      : []),
  ];
}
