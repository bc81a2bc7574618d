import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { counted, uncounted } from './clause.ts';
import type { WholeEvidence, Witness } from './evidence.ts';

/**
 * What can be proven of a program that does not count by slice: it counted its requests over its whole life, the target
 * counted its own. A program that is paused runs twice, once to learn its latency; one that is not, once a slice.
 */
export function wholeClausesOf(settings: Settings, evidence: WholeEvidence): Clause[] {
  const tls = settings.connection.tls !== 'none';
  return [
    ...seenByTarget(settings.connection, evidence),
    ...(tls ? [untold('contexts', 'one, shared')] : []),
    untold('look-ups', 'none: the address is literal'),
  ];
}

const untold = (
  clause: string,
  expected: string,
  observed = 'the program does not tell',
): Clause => ({ clause, expected, observed, state: 'unproven' });

function seenByTarget(promised: Settings['connection'], evidence: WholeEvidence): Clause[] {
  const { target, measured, slots, witness } = evidence;
  const tls = promised.tls !== 'none';
  const isKept = promised.reuse.kind === 'keep-alive';
  if (target === null || measured === null) {
    const resumption = isResumed(promised) ? 'every handshake resumed' : 'no handshake resumed';
    const who = uncounted(witness);
    return [
      untold('requests', 'as many as the program says', who),
      untold('connections', isKept ? `at most ${slots}, kept` : 'one per request', who),
      untold('handshakes', tls ? 'one per connection' : 'none without TLS', who),
      ...(tls ? [untold('resumption', resumption, who)] : []),
    ];
  }
  // What is opened before the first slice is no part of what is measured.
  const opened = evidence.startedBySlice ? target : measured;
  return [
    requests(evidence, target),
    isKept ? kept(evidence, target, measured) : closed(evidence, target),
    handshakes(promised, evidence, target),
    ...(tls
      ? [isResumed(promised) ? resumed(evidence, target) : neverResumed(opened, evidence)]
      : []),
  ];
}

const isResumed = ({ session }: Settings['connection']): boolean => session === 'resumed';

function requests(evidence: WholeEvidence, target: Witness): Clause {
  const { slots, client, starts, witness } = evidence;
  const said = client.requests + client.errors;
  const inFlight = starts * slots;
  if (target.requests === null)
    return untold('requests', `${said} answered by the target`, uncounted(witness));
  return counted(
    'requests',
    Math.abs(target.requests - said) <= inFlight,
    `${said} answered by the target, give or take ${inFlight} in flight`,
    `${said} at the client, ${target.requests} at the ${witness}`,
  );
}

const at = (seen: number, { witness }: WholeEvidence): string => `${seen} at the ${witness}`;

/** A program may look whether somebody listens before it begins, on a connection of its own: wrk does. */
const looks = 1;

function kept(evidence: WholeEvidence, target: Witness, measured: Witness): Clause {
  const { slots, starts, startedBySlice, lostByRests: lost } = evidence;
  if (!startedBySlice) {
    const { connections: opened } = measured;
    const expected =
      lost === 0
        ? 'none opened while measured'
        : `at most ${lost} opened while measured: a rest may cost one`;
    return counted('connections', opened <= lost, expected, at(opened, evidence));
  }
  const most = starts * (slots + looks);
  const expected = `at most ${most}: ${starts} starts, ${slots} kept and ${looks} to look`;
  const { connections: opened } = target;
  return counted('connections', opened <= most, expected, at(opened, evidence));
}

/** One per request, but for those that were open without an answer when it was ended, and those to look. */
function closed(evidence: WholeEvidence, target: Witness): Clause {
  const { slots, starts, client } = evidence;
  const { connections: opened } = target;
  // Within TLS a relay cannot read requests: the program's own count has to do, give or take those in flight.
  const inFlight = starts * slots;
  const least = target.requests ?? Math.max(0, client.requests - inFlight);
  const most = (target.requests ?? client.requests) + inFlight + starts * looks + client.errors;
  const expected = `${least} to ${most}: one per request, and at each of ${starts} starts ${slots} in flight and ${looks} to look`;
  return counted('connections', opened >= least && opened <= most, expected, at(opened, evidence));
}

function handshakes(
  { tls, reuse }: Settings['connection'],
  evidence: WholeEvidence,
  target: Witness,
): Clause {
  const { starts, slots } = evidence;
  const seen = target.handshakesFull + target.handshakesResumed;
  const most = tls === 'none' ? 0 : target.connections;
  const inFlight = reuse.kind === 'keep-alive' ? 0 : slots;
  const least = Math.max(0, most - starts * (inFlight + looks));
  const unless = inFlight === 0 ? 'a look' : 'a look and those in flight';
  return counted(
    'handshakes',
    seen >= least && seen <= most,
    tls === 'none'
      ? '0: none without TLS'
      : `${most}: one per connection, but for ${unless} at each start`,
    at(seen, evidence),
  );
}

const neverResumed = ({ handshakesResumed: seen }: Witness, evidence: WholeEvidence): Clause =>
  counted('resumption', seen === 0, 'no handshake resumed', at(seen, evidence));

/** Each connection of a program that was just started has no session yet. */
function resumed(evidence: WholeEvidence, target: Witness): Clause {
  const { slots, starts, client } = evidence;
  const most = starts * slots + client.errors;
  const { handshakesFull: full } = target;
  return counted(
    'resumption',
    full <= most,
    `every handshake resumed, but for ${most}: the first of ${slots} connections at each of ${starts} starts`,
    `full: ${at(full, evidence)}`,
  );
}
