import { addCounts } from '../model/counts.ts';
import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { counted, uncounted } from './clause.ts';
import type { Evidence, SliceEvidence } from './evidence.ts';
import { lookups } from './lookups.ts';
import { wholeClausesOf } from './whole-clauses.ts';

type State = Clause['state'];

/**
 * What a variant promises about each request, set against what was counted. Exact, without tolerance:
 * slices begin and end with nothing in flight, so every count is whole.
 */
export function clausesOf(settings: Settings, evidence: Evidence): Clause[] {
  if (evidence.kind === 'whole') return wholeClausesOf(settings, evidence);
  return [
    requests(evidence),
    connections(settings, evidence),
    handshakes(settings, evidence),
    ...(settings.connection.tls === 'none' ? [] : [resumption(settings, evidence)]),
    contexts(settings, evidence),
    lookups(settings, evidence),
  ];
}

type By = Pick<SliceEvidence, 'witness'>;

/** "8 at the client, 8 at the target", or that only one end counted. */
const bothEnds = (client: number, target: number | null, { witness }: By): string => {
  if (target !== null) return `${client} at the client, ${target} at the ${witness}`;
  return `${client} at the client; ${uncounted(witness)}`;
};

/** A clause that the client alone cannot prove stays unproven without the target's count. */
const needsTarget = (made: Clause, target: number | null): Clause =>
  target === null && made.state === 'proven'
    ? { ...made, state: 'unproven' satisfies State }
    : made;

function requests({ measured: { client, target }, witness }: SliceEvidence): Clause {
  const sent = client.requests + client.errors;
  const seen = target?.requests ?? null;
  const made = counted(
    'requests',
    // A request that failed may or may not have reached the target.
    seen === null || (seen <= sent && seen >= client.requests),
    `${sent} answered by the target`,
    bothEnds(sent, seen, { witness }),
  );
  return needsTarget(made, seen);
}

function connections(settings: Settings, evidence: SliceEvidence): Clause {
  const { client, target } = evidence.measured;
  if (settings.connection.reuse.kind === 'close') {
    const sent = client.requests + client.errors;
    const accepted = target?.connections ?? null;
    const holds = client.connections === sent && (accepted === null || accepted === sent);
    const observed = bothEnds(client.connections, accepted, evidence);
    return needsTarget(
      counted('connections', holds, `${sent}: one per request`, observed),
      accepted,
    );
  }
  if (settings.connection.reuse.kind === 'every')
    return everySo(settings.connection.reuse.requests, evidence);
  return kept(evidence);
}

/** Nothing beyond the connections that were opened at the start; a failed request may end its own. */
function kept({ slots, opened, measured, witness }: SliceEvidence): Clause {
  const { connections: atClient, errors } = addCounts(opened.client, measured.client);
  const atTarget =
    opened.target === null || measured.target === null
      ? null
      : opened.target.connections + measured.target.connections;
  const most = slots + errors;
  const holds = atClient <= most && (atTarget === null || atTarget <= most);
  const again = errors === 0 ? '' : `, and one for each of ${errors} failed requests`;
  const expected = `at most ${slots}, kept${again}`;
  const made = counted('connections', holds, expected, bothEnds(atClient, atTarget, { witness }));
  return needsTarget(made, atTarget);
}

/** Each connection carries so many requests, but for those that are still open; a failed request ends its own. */
function everySo(requests: number, evidence: SliceEvidence): Clause {
  const { slots, opened, measured } = evidence;
  const client = addCounts(opened.client, measured.client);
  const target =
    opened.target === null || measured.target === null
      ? null
      : opened.target.connections + measured.target.connections;
  const sent = client.requests + client.errors;
  const [least, most] = [Math.ceil(sent / requests), Math.floor(sent / requests) + slots];
  const { connections: made, errors } = client;
  const holds = made >= least && made <= most + errors && (target === null || target === made);
  const expected = `${least} to ${most + errors}: one for each ${requests} of ${sent} requests`;
  return needsTarget(
    counted('connections', holds, expected, bothEnds(made, target, evidence)),
    target,
  );
}

function handshakes(settings: Settings, evidence: SliceEvidence): Clause {
  const { client, target } = evidence.measured;
  const of = (c: { handshakesFull: number; handshakesResumed: number }): number =>
    c.handshakesFull + c.handshakesResumed;
  const expected = settings.connection.tls === 'none' ? 0 : client.connections;
  const atTarget = target === null ? null : of(target);
  const holds = of(client) === expected && (atTarget === null || atTarget === expected);
  const why = settings.connection.tls === 'none' ? 'none without TLS' : 'one per connection';
  const observed = bothEnds(of(client), atTarget, evidence);
  return needsTarget(counted('handshakes', holds, `${expected}: ${why}`, observed), atTarget);
}

function resumption(settings: Settings, evidence: SliceEvidence): Clause {
  const { opened, measured } = evidence;
  if (settings.connection.session === 'none') {
    const client = addCounts(opened.client, measured.client).handshakesResumed;
    const target =
      measured.target === null || opened.target === null
        ? null
        : opened.target.handshakesResumed + measured.target.handshakesResumed;
    const made = counted(
      'resumption',
      client === 0 && (target ?? 0) === 0,
      'no handshake resumed',
      `resumed: ${bothEnds(client, target, evidence)}`,
    );
    return needsTarget(made, target);
  }
  const client = measured.client.handshakesFull;
  const target = measured.target?.handshakesFull ?? null;
  const holds = client === 0 && (target ?? 0) === 0;
  const made = counted(
    'resumption',
    holds,
    'every handshake resumed',
    `full: ${bothEnds(client, target, evidence)}`,
  );
  return needsTarget(made, target);
}

/** Only the client can know how many contexts it built. */
function contexts(settings: Settings, { workers, opened, measured }: SliceEvidence): Clause {
  const built = measured.client.contexts;
  const total = opened.client.contexts + built;
  if (settings.connection.tls === 'none') {
    return counted('contexts', total === 0, 'none without TLS', String(built));
  }
  if (settings.connection.context === 'library') {
    const connections = opened.client.connections + measured.client.connections;
    const expected = 'as many as the library makes';
    return counted('contexts', true, expected, `${total} for ${connections} connections`);
  }
  if (settings.connection.context === 'per-connection') {
    const { connections } = measured.client;
    return counted(
      'contexts',
      built === connections,
      `${connections}: one per connection`,
      String(built),
    );
  }
  return counted(
    'contexts',
    total === workers,
    `${workers}: one per worker, shared`,
    String(total),
  );
}
