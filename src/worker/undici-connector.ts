import tls from 'node:tls';
import { contextOptions } from './contexts.ts';
import { lookupOf } from './lookup.ts';
import type { WorkerTask } from './protocol.ts';
import type { Sockets } from './sockets.ts';
import type { Tally } from './tally.ts';
import type { Connect, Undici } from './undici.ts';
import { verificationOf } from './verification.ts';

/** As many as undici keeps where nobody says. */
const cachedSessions = 100;

/** undici's own connector, so that what a release changes in it is measured; what it opens is counted. */
export function connectorOf(
  undici: Undici,
  task: WorkerTask,
  ca: string,
  { sockets, tally }: { readonly sockets: Sockets; readonly tally: Tally },
): Connect {
  const isResumed = task.session === 'resumed';
  const verification = task.tls === 'none' ? {} : verificationOf(task);
  const connect = undici.buildConnector({
    allowH2: false,
    lookup: lookupOf(task, tally),
    // Without a limit of zero undici resumes whatever it closed.
    maxCachedSessions: isResumed ? cachedSessions : 0,
    ...tlsOptions(task, ca),
    ...verification,
  });
  // undici refers to its tickets weakly: without this a collection of garbage decides which handshakes are full.
  const kept: { ticket: Buffer | null } = { ticket: null };
  // A Host header would be the name that the certificate must carry.
  const named = task.tls === 'none' ? {} : { servername: verification.servername };
  return (options, callback) => {
    const socket = connect({ ...options, ...named }, callback);
    sockets.add(socket);
    if (isResumed) {
      socket.on('session', (fresh: Buffer) => {
        kept.ticket = fresh;
      });
    }
    return socket;
  };
}

/** Given a context undici hands it on; given what a context is made of, Node makes one for each connection. */
function tlsOptions(task: WorkerTask, ca: string): object {
  if (task.tls === 'none') return {};
  const options = contextOptions(task, ca);
  return task.context === 'shared' ? { secureContext: tls.createSecureContext(options) } : options;
}
