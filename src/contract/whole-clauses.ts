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
    ...seenByTarget(settings.connection, evidence),
    ...(tls ? [untold('contexts', 'one, shared')] : []),
    untold('look-ups', 'none: the address is literal'),
  ];
}

const untold = (clause: string, expected: string, who = 'the program'): Clause => ({
  ...{ clause, expected, state: 'unproven' },
  observed: `${who} does not tell`,
});

function seenByTarget(promised: Settings['connection'], evidence: WholeEvidence): Clause[] {
  const { target, measured, slots } = evidence;
  const tls = promised.tls !== 'none';
  const isKept = promised.reuse.kind === 'keep-alive';
  if (target === null || measured === null) {
    const resumption = isResumed(promised) ? 'every handshake resumed' : 'no handshake resumed';
    return [
      untold('requests', 'as many as the program says', 'the target'),
      untold('connections', isKept ? `at most ${slots}, kept` : 'one per request', 'the target'),
      untold('handshakes', tls ? 'one per connection' : 'none without TLS', 'the target'),
      ...(tls ? [untold('resumption', resumption, 'the target')] : []),
    ];
  }
  // What is opened before the first slice is no part of what is measured.
  const opened = evidence.startedBySlice ? target : measured;
  return [
    requests(evidence, target),
    isKept ? kept(evidence, target, measured) : closed(evidence, target),
    handshakes(promised, evidence, target),
    ...(tls ? [isResumed(promised) ? resumed(evidence, target) : neverResumed(opened)] : []),
  ];
}

const isResumed = ({ session }: Settings['connection']): boolean => session === 'resumed';

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

function kept(evidence: WholeEvidence, target: Counts, measured: Counts): Clause {
  const { slots, starts, startedBySlice, lostByRests: lost } = evidence;
  if (!startedBySlice) {
    const { connections: opened } = measured;
    const expected =
      lost === 0
        ? 'none opened while measured'
        : `at most ${lost} opened while measured: a rest may cost one`;
    return counted('connections', opened <= lost, expected, atTarget(opened));
  }
  const most = starts * (slots + looks);
  const expected = `at most ${most}: ${starts} starts, ${slots} kept and ${looks} to look`;
  const { connections: opened } = target;
  return counted('connections', opened <= most, expected, atTarget(opened));
}

/** One per request, but for those that were open without an answer when it was ended, and those to look. */
function closed({ slots, starts, client: { errors } }: WholeEvidence, target: Counts): Clause {
  const { requests: least, connections: opened } = target;
  const most = least + starts * (slots + looks) + errors;
  const expected = `${least} to ${most}: one per request, and at each of ${starts} starts ${slots} in flight and ${looks} to look`;
  return counted('connections', opened >= least && opened <= most, expected, atTarget(opened));
}

function handshakes(
  { tls, reuse }: Settings['connection'],
  { starts, slots }: WholeEvidence,
  target: Counts,
): Clause {
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
    atTarget(seen),
  );
}

const neverResumed = ({ handshakesResumed: seen }: Counts): Clause =>
  counted('resumption', seen === 0, 'no handshake resumed', atTarget(seen));

/** Each connection of a program that was just started has no session yet. */
function resumed({ slots, starts, client: { errors } }: WholeEvidence, target: Counts): Clause {
  const most = starts * slots + errors;
  const { handshakesFull: full } = target;
  return counted(
    'resumption',
    full <= most,
    `every handshake resumed, but for ${most}: the first of ${slots} connections at each of ${starts} starts`,
    `full: ${atTarget(full)}`,
  );
}
