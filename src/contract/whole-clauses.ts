import type { Counts } from '../model/counts.ts';
import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { counted } from './clause.ts';
import type { WholeEvidence } from './evidence.ts';

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

const untold = (clause: string, expected: string, who = 'the program'): Clause => ({
  ...{ clause, expected, state: 'unproven' },
  observed: `${who} does not tell`,
});

function seenByTarget(tls: boolean, evidence: WholeEvidence): Clause[] {
  const { target, measured } = evidence;
  if (target === null || measured === null)
    return [
      untold('requests', 'as many as the program says', 'the target'),
      untold('connections', `at most ${evidence.slots}, kept`, 'the target'),
      untold('handshakes', tls ? 'one per connection' : 'none without TLS', 'the target'),
      ...(tls ? [untold('resumption', 'no handshake resumed', 'the target')] : []),
    ];
  return [
    requests(evidence, target),
    connections(evidence, target, measured),
    handshakes(tls, evidence, target),
    ...(tls ? [resumption(target)] : []),
  ];
}

function requests({ slots, client, starts }: WholeEvidence, target: Counts): Clause {
  const said = client.requests + client.errors;
  const inFlight = starts * slots;
  return counted(
    'requests',
    Math.abs(target.requests - said) <= inFlight,
    `${said} answered by the target, give or take ${inFlight} in flight`,
    `${said} at the client, ${target.requests} at the target`,
  );
}

const atTarget = (seen: number): string => `${seen} at the target`;

/** A program may look whether somebody listens before it begins, on a connection of its own: wrk does. */
const looks = 1;

function connections(
  { slots, starts, startedBySlice }: WholeEvidence,
  target: Counts,
  measured: Counts,
): Clause {
  if (!startedBySlice)
    return counted(
      'connections',
      measured.connections === 0,
      'none opened while measured',
      atTarget(measured.connections),
    );
  const most = starts * (slots + looks);
  const expected = `at most ${most}: ${starts} starts, ${slots} kept and ${looks} to look`;
  const { connections: opened } = target;
  return counted('connections', opened <= most, expected, atTarget(opened));
}

function handshakes(tls: boolean, { starts }: WholeEvidence, target: Counts): Clause {
  const seen = target.handshakesFull + target.handshakesResumed;
  const most = tls ? target.connections : 0;
  const least = Math.max(0, most - starts * looks);
  return counted(
    'handshakes',
    seen >= least && seen <= most,
    tls ? `${most}: one per connection, but for a look at each start` : '0: none without TLS',
    atTarget(seen),
  );
}

const resumption = ({ handshakesResumed: resumed }: Counts): Clause =>
  counted('resumption', resumed === 0, 'no handshake resumed', atTarget(resumed));
