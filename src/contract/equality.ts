import type { Counts, Observed, Replayed } from '../model/counts.ts';
import type { ByRole } from '../model/plan.ts';
import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';

export interface Wire {
  readonly settings: Settings;
  readonly observed: Observed;
  readonly measured: Counts;
  /** Over all launches; null where the engine does not tell. */
  readonly replayed: readonly Replayed[] | null;
}

/**
 * What must be the same on the wire in both arms, or one version is paid for other work.
 * @param sameSlices whether both arms were given slices of the same number of requests
 */
export function equalityClauses(arms: ByRole<Wire>, sameSlices = true): Clause[] {
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
    ...(sameSlices && isCounted(baseline) && isCounted(candidate)
      ? [same('requests of each kind', ({ replayed }) => listed(replayed, ({ sent }) => sent))]
      : []),
    // A file of the user's may send what it likes, and chance may choose.
    ...(baseline.settings.client.locustfile?.kind === 'own'
      ? []
      : [same('body bytes per request', bodyBytes)]),
    ...(withTls
      ? [
          same('TLS version', ({ observed }) => observed.tlsVersions.join(', ')),
          same('cipher', ({ observed }) => observed.ciphers.join(', ')),
          same('key exchange', ({ observed }) => observed.keyExchanges.join(', ')),
        ]
      : []),
  ];
}

/** Slices of closed load hold the same of each request in both arms; windows hold what their time has room for. */
const isCounted = ({ settings: { scenario }, replayed }: Wire): boolean =>
  replayed !== null && scenario.requests.length > 1 && scenario.load.model === 'closed';

/** Of several requests each for itself: how many of each were answered depends on time and on errors. */
const bodyBytes = ({ measured, replayed }: Wire): string =>
  replayed === null || replayed.length === 1
    ? perRequest(measured.bytesIn, measured.requests)
    : listed(replayed, ({ bytes, answered }) => perRequest(bytes, answered) || 'none');

const perRequest = (bytes: number, requests: number): string =>
  requests === 0 ? '' : String(Math.round((bytes / requests) * 10) / 10);

const listed = (replayed: Wire['replayed'], of: (one: Replayed) => string | number): string =>
  (replayed ?? []).map(of).join(', ');
