import type { Clause } from '../model/report.ts';
import type { Settings } from '../model/settings.ts';
import { counted } from './clause.ts';
import type { WholeEvidence } from './evidence.ts';

/**
 * What can be proven of a program that was paused: it counted its requests over its whole life, the target counted slice
 * by slice. A program runs twice, once to learn its latency, and is ended twice with requests in flight.
 */
export function wholeClausesOf(settings: Settings, evidence: WholeEvidence): Clause[] {
  const tls = settings.connection.tls !== 'none';
  return [
    requests(evidence),
    connections(evidence),
    handshakes(tls, evidence),
    ...(tls ? [resumption(evidence), untold('contexts', 'one, shared')] : []),
    untold('look-ups', 'none: the address is literal'),
  ];
}

const untold = (clause: string, expected: string): Clause => ({
  ...{ clause, expected, state: 'unproven' },
  observed: 'the program does not tell',
});

const lives = 2;

function requests({ slots, client, target }: WholeEvidence): Clause {
  const said = client.requests + client.errors;
  const inFlight = lives * slots;
  return counted(
    'requests',
    Math.abs(target.requests - said) <= inFlight,
    `${said} answered by the target, give or take ${inFlight} in flight`,
    `${said} at the client, ${target.requests} at the target`,
  );
}

const atTarget = (seen: number): string => `${seen} at the target`;

const connections = ({ measured: { connections: opened } }: WholeEvidence): Clause =>
  counted('connections', opened === 0, 'none opened while measured', atTarget(opened));

function handshakes(tls: boolean, { target }: WholeEvidence): Clause {
  const seen = target.handshakesFull + target.handshakesResumed;
  // A program may look whether somebody listens before it begins, without a handshake: wrk does.
  const most = tls ? target.connections : 0;
  const least = Math.max(0, most - lives);
  return counted(
    'handshakes',
    seen >= least && seen <= most,
    tls ? `${most}: one per connection, but for a look at each start` : '0: none without TLS',
    atTarget(seen),
  );
}

const resumption = ({ target: { handshakesResumed: resumed } }: WholeEvidence): Clause =>
  counted('resumption', resumed === 0, 'no handshake resumed', atTarget(resumed));
