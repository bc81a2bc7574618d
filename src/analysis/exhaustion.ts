import type { Descriptors, NetworkLimits, NetworkSpan } from '../model/network.ts';
import type { Role } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';

/** What is known of one arm in one launch, or of a launch that failed. Null is unknown. */
export interface Strain {
  /** Null where a launch failed as a whole. */
  readonly role: Role | null;
  /** What failed requests and processes said. */
  readonly said: readonly string[];
  readonly errors: number;
  readonly counted: NetworkSpan | null;
  readonly limits: NetworkLimits | null;
  readonly descriptors: Readonly<Record<'client' | 'target', Descriptors | null>>;
  /** Connections that the load keeps open at the same time. */
  readonly slots: number | null;
  /** Connections that were opened to the target. */
  readonly connections: number | null;
}

/** From here on something that is limited counts as nearly used up. */
const nearly = 0.9;

/** What ran out, by name, with what to do. */
export const exhaustion = (strains: readonly Strain[]): Warning[] =>
  [ports(strains), descriptors(strains), listenQueue(strains), conntrack(strains)].filter(
    (warning) => warning !== null,
  );

/**
 * A port is used up for one target only, until it leaves TIME_WAIT, which is 60 s. It is the client's where the client
 * closes first.
 */
function ports(strains: readonly Strain[]): Warning | null {
  const none = strains.filter(({ said }) => says(said, noPort));
  const few = strains.filter(({ limits, counted, connections }) => {
    const most = limits?.ports ?? Number.POSITIVE_INFINITY;
    const waiting = Math.min(counted?.timeWait ?? 0, connections ?? 0);
    return limits?.timeWaitReuse === false && waiting >= nearly * most;
  });
  const found = none.length > 0 ? none : few;
  if (found.length === 0) return null;
  const limits = found[0]?.limits;
  const waiting = largest(found, ({ counted }) => counted?.timeWait);
  const facts = [
    ...(limits?.ports == null ? [] : [`${limits.ports} in net.ipv4.ip_local_port_range`]),
    ...(waiting === null ? [] : [`${waiting} sockets in TIME_WAIT`]),
  ];
  const wider = 'widen the range (`sysctl -w net.ipv4.ip_local_port_range="1024 65535"`)';
  const reuse = 'let connections take ports from TIME_WAIT (`sysctl -w net.ipv4.tcp_tw_reuse=1`)';
  return {
    code: 'ephemeral-ports',
    message:
      none.length > 0
        ? `no ephemeral port was left${of(found, facts)}`
        : `nearly as many sockets are in TIME_WAIT as there are ephemeral ports: none is left where the client closes first${of(found, facts)}`,
    next:
      limits?.timeWaitReuse === false
        ? `Keep connections, ${wider}, or ${reuse}.`
        : `Keep connections, or ${wider}.`,
  };
}

/** A client says so itself; a server only closes what it has no descriptor for. */
function descriptors(strains: readonly Strain[]): Warning | null {
  const code = 'file-descriptors';
  const ofMachine = strains.filter(({ said }) => says(said, /\bENFILE\b|file table overflow/i));
  if (ofMachine.length > 0)
    return {
      code,
      message: `this machine had no file descriptor left${of(ofMachine, [])}`,
      next: 'Raise its limit (`sysctl -w fs.file-max=…`), or end what holds files open (`lsof` tells).',
    };
  const next =
    'Raise the limit, soft and hard, in the shell that starts bench (`ulimit -n 65536`) and wherever a script lowers it, or use fewer connections.';
  const limitOf = (side: 'client' | 'target', [first]: readonly Strain[]): string[] => {
    const limit = first?.descriptors[side]?.limit;
    return limit === undefined ? [] : [`\`ulimit -n\` of the ${side} is ${limit}`];
  };
  const told = strains.filter(({ said }) => says(said, /\bEMFILE\b|too many open files/i));
  if (told.length > 0)
    return {
      ...{ code, next },
      message: `no file descriptor was left${of(told, limitOf('client', told))}`,
    };
  const crowded = strains.filter(
    ({ errors, slots, descriptors: { target } }) =>
      errors > 0 && slots !== null && target !== null && target.open + slots > target.limit,
  );
  if (crowded.length === 0) return null;
  return {
    ...{ code, next },
    message: `the target has no file descriptors for ${largest(crowded, ({ slots }) => slots)} connections at the same time${of(crowded, limitOf('target', crowded))}`,
  };
}

/** What was turned away is tried again by its sender after a second or more: requests that take so long, or time-outs. */
function listenQueue(strains: readonly Strain[]): Warning | null {
  const found = strains.filter(
    ({ role, said, counted }) =>
      (counted?.listenOverflows ?? 0) > 0 && (role !== null || said.some(isUntaken)),
  );
  if (found.length === 0) return null;
  const turnedAway = found.reduce((sum, { counted }) => sum + (counted?.listenOverflows ?? 0), 0);
  const longest = found[0]?.limits?.backlog ?? null;
  const facts = longest === null ? [] : [`net.core.somaxconn is ${longest}`];
  return {
    code: 'listen-queue',
    message: `the queue of a listening socket was full: connections were turned away ${turnedAway} times${of(found, facts)}`,
    next: 'Give listen() of the server a longer backlog, with net.core.somaxconn at least as large, make it accept faster, or open fewer connections at once.',
  };
}

/** The packet filter drops what it cannot track, and nobody is told. */
function conntrack(strains: readonly Strain[]): Warning | null {
  const found = strains.filter(({ role, said, counted, limits }) => {
    const full = nearly * (limits?.tracked ?? Number.POSITIVE_INFINITY);
    return (counted?.tracked ?? 0) >= full && (role !== null || says(said, unanswered));
  });
  if (found.length === 0) return null;
  const tracked = largest(found, ({ counted }) => counted?.tracked);
  const facts = [`${tracked} of ${found[0]?.limits?.tracked}, nf_conntrack_max`];
  return {
    code: 'conntrack',
    message: `the packet filter's table of connections was nearly full; what does not fit is dropped, and times out${of(found, facts)}`,
    next: 'Raise it (`sysctl -w net.netfilter.nf_conntrack_max=…`), or do not track connections on lo (nftables: `notrack`).',
  };
}

/** To connect, or to listen on whichever is free: one that was asked for by its number is told with it. */
const noPort =
  /\bconnect EADDRNOTAVAIL\b|\blisten EADDRINUSE: address already in use [\d.]+(?![\d.:])/;

/** What a client says of packets that nobody answered. */
const unanswered = /\bno answer within\b|\bdid not answer\b|\bETIMEDOUT\b|\bECONNRE(SET|FUSED)\b/;

/** A look-up is asked for by datagrams, which no listening socket turns away. */
const isUntaken = (text: string): boolean => unanswered.test(text) && !/\blook-up of\b/.test(text);

const says = (said: readonly string[], what: RegExp): boolean =>
  said.some((text) => what.test(text));

function largest(
  strains: readonly Strain[],
  of: (strain: Strain) => number | null | undefined,
): number | null {
  const known = strains.map(of).filter((value) => value != null);
  return known.length === 0 ? null : Math.max(...known);
}

/** ` (baseline and candidate; 64 in …)`: in whose slices, and what is known of it. */
function of(strains: readonly Strain[], facts: readonly string[]): string {
  const who = [...new Set(strains.flatMap(({ role }) => role ?? []))].join(' and ');
  const all = [...(who === '' ? [] : [who]), ...facts];
  return all.length === 0 ? '' : ` (${all.join('; ')})`;
}
