import tls from 'node:tls';
import type { WorkerTask } from './protocol.ts';
import type { Tally } from './tally.ts';

/** To build from it parses every trusted certificate: the unit of work that OpenSSL 3.0 made four times dearer. */
export function contextOptions(task: WorkerTask, ca: string): tls.SecureContextOptions {
  const version = task.tls === '1.2' ? 'TLSv1.2' : 'TLSv1.3';
  return { ca, minVersion: version, maxVersion: version };
}

let counting: Tally | null = null;

/**
 * From here on every context that is built in this process, by whomever, is counted for this load; loads take turns. Node's
 * `tls.connect` builds its own through the same CommonJS object.
 */
export function countContexts(tally: Tally): void {
  if (counting === null) {
    const build = tls.createSecureContext;
    const counted: typeof build = (options) => {
      if (counting !== null) counting.contexts += 1;
      return build(options);
    };
    Object.assign(tls, { createSecureContext: counted });
  }
  counting = tally;
}
