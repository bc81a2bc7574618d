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
    ...seenByTarget(tls, evidence),
    ...(tls ? [untold('contexts', 'one, shared')] : []),
    untold('look-ups', 'none: the address is literal'),
  ];
}

const untold = (
  clause: string,
  expected: string,
  observed = 'the program does not tell',
): Clause => ({ clause, expected, observed, state: 'unproven' });

function seenByTarget(tls: boolean, evidence: WholeEvidence): Clause[] {
  const { target, measured, witness } = evidence;
  const who = uncounted(witness);
  if (target === null || measured === null)
    return [
      untold('requests', 'as many as the program says', who),
      untold('connections', `at most ${evidence.slots}, kept`, who),
      untold('handshakes', tls ? 'one per connection' : 'none without TLS', who),
      ...(tls ? [untold('resumption', 'no handshake resumed', who)] : []),
    ];
  return [
    requests(evidence, target),
    connections(evidence, target, measured),
    handshakes(tls, evidence, target),
    ...(tls ? [resumption(target, evidence)] : []),
  ];
}

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

function connections(evidence: WholeEvidence, target: Witness, measured: Witness): Clause {
  const { slots, starts, startedBySlice } = evidence;
  if (!startedBySlice)
    return counted(
      'connections',
      measured.connections === 0,
      'none opened while measured',
      at(measured.connections, evidence),
    );
  const most = starts * (slots + looks);
  const expected = `at most ${most}: ${starts} starts, ${slots} kept and ${looks} to look`;
  const { connections: opened } = target;
  return counted('connections', opened <= most, expected, at(opened, evidence));
}

function handshakes(tls: boolean, evidence: WholeEvidence, target: Witness): Clause {
  const seen = target.handshakesFull + target.handshakesResumed;
  const most = tls ? target.connections : 0;
  const least = Math.max(0, most - evidence.starts * looks);
  return counted(
    'handshakes',
    seen >= least && seen <= most,
    tls ? `${most}: one per connection, but for a look at each start` : '0: none without TLS',
    at(seen, evidence),
  );
}

const resumption = ({ handshakesResumed: resumed }: Witness, evidence: WholeEvidence): Clause =>
  counted('resumption', resumed === 0, 'no handshake resumed', at(resumed, evidence));
