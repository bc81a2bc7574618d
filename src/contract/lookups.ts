import { addCounts, type Counts } from '../model/counts.ts';
import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { counted } from './clause.ts';
import type { SliceEvidence } from './evidence.ts';

/** What a mode promises about look-ups. The other end is the arm's resolver, which counts whatever the target does. */
export function lookups(settings: Settings, evidence: SliceEvidence): Clause {
  switch (settings.connection.dns.kind) {
    case 'literal':
      return neverLookedUp(evidence);
    case 'cached':
      return lookedUpOnce(evidence);
    case 'per-connection':
      return lookedUpEachTime(evidence);
  }
}

/** A look-up of a literal address would be somebody else's work in our figures. */
function neverLookedUp({ opened, measured }: SliceEvidence): Clause {
  const seen = opened.client.lookups + measured.client.lookups;
  return counted('look-ups', seen === 0, 'none: the address is literal', String(seen));
}

function lookedUpOnce({ workers, opened, measured }: SliceEvidence): Clause {
  const client = addCounts(opened.client, measured.client);
  const queries = (opened.queries ?? 0) + (measured.queries ?? 0);
  const late = Math.max(measured.client.lookups, measured.queries ?? 0);
  return counted(
    'look-ups',
    client.lookups === workers && isAsked(client, queries) && late === 0,
    `${workers}: one per worker, none while measured`,
    `${resolvedEnds(client, queries)}${late === 0 ? '' : `, ${late} while measured`}`,
  );
}

/** A connection that fails may have been looked up for. */
function lookedUpEachTime({ measured: { client, queries } }: SliceEvidence): Clause {
  const { lookups: made, connections: opened, errors } = client;
  return counted(
    'look-ups',
    made >= opened && made <= opened + errors && isAsked(client, queries ?? 0),
    `${opened}: one per connection`,
    resolvedEnds(client, queries ?? 0),
  );
}

/** One query each. One that was sent again may have been lost; so may those of requests that failed. */
const isAsked = ({ lookups: made, lookupsAgain: again, errors }: Counts, queries: number) =>
  queries <= made + again && queries >= made - errors;

const resolvedEnds = ({ lookups: made, lookupsAgain: again }: Counts, queries: number): string =>
  `${made} at the client${again === 0 ? '' : `, ${again} asked again`}, ${queries} at the resolver`;
