import dns from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { WorkerTask } from './protocol.ts';
import type { Tally } from './tally.ts';

/** Given no address where the look-up failed. */
type Found = (error: Error | null, addresses: readonly string[]) => void;
type Find = (found: Found) => void;

type Named = Pick<WorkerTask, 'host' | 'dns' | 'requestTimeoutMs'>;

/** What every look-up of a task goes through: for the `lookup` of whatever opens its sockets. */
export function lookupOf(task: Named, tally: Tally): LookupFunction {
  if (task.dns.kind === 'literal') {
    // Literal addresses are never looked up: whatever comes here is somebody else's idea, and is counted.
    return (hostname, options, callback) => {
      tally.lookups += 1;
      dns.lookup(hostname, options, callback);
    };
  }
  const ask = asking(task, task.dns.server, tally);
  const find = task.dns.kind === 'cached' ? askedOnce(ask) : ask;
  return (_hostname, options, callback) => {
    find((error, addresses) => answer(error, addresses, options, callback as Callback));
  };
}

/**
 * Asks by the runtime's own c-ares: no file is read, and no thread of the pool is used. From Node 20 on it gives up after a second on
 * a server that was quick before, however long it is told to wait: then it is asked again. Half of the request's time is the
 * limit, so that a look-up that fails does so by its own name.
 */
function asking({ host, requestTimeoutMs }: Named, server: string, tally: Tally): Find {
  const resolver = new dns.Resolver({ timeout: Math.ceil(requestTimeoutMs), tries: 1 });
  resolver.setServers([server]);
  const limitMs = requestTimeoutMs / 2;
  return (found) => {
    tally.lookups += 1;
    let isOver = false;
    const end = (why: string | null, addresses: readonly string[]): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      found(why === null ? null : new Error(`look-up of ${host}: ${why}`), addresses);
    };
    const timer = setTimeout(() => end(`no answer within ${limitMs} ms`, []), limitMs);
    const query = (): void => {
      resolver.resolve4(host, (error, addresses) => {
        if (error === null) end(null, addresses);
        else if (error.code !== dns.TIMEOUT) end(error.message, []);
        else if (!isOver) {
          tally.lookupsAgain += 1;
          query();
        }
      });
    };
    query();
  };
}

/** Asks at once, and keeps the answer. Whoever comes before it waits for it; after a failure the next one asks again. */
function askedOnce(ask: Find): Find {
  let kept: readonly string[] | null = null;
  let waiting: Found[] = [];
  const find: Find = (found) => {
    if (kept !== null) {
      // As late as Node connects to a literal address.
      process.nextTick(found, null, kept);
      return;
    }
    waiting.push(found);
    if (waiting.length > 1) return;
    ask((error, addresses) => {
      if (error === null) kept = addresses;
      const all = waiting;
      waiting = [];
      for (const each of all) each(error, addresses);
    });
  };
  find(() => {});
  return find;
}

/** As Node 20 types it; Node 16 has one address only. */
type Callback = (
  error: Error | null,
  address: string | { readonly address: string; readonly family: number }[],
  family?: number,
) => void;

function answer(
  error: Error | null,
  addresses: readonly string[],
  { all }: dns.LookupOptions,
  callback: Callback,
): void {
  if (error !== null) callback(error, '', 4);
  // What Happy Eyeballs asks for, from Node 20 on.
  else if (all === true)
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    );
  else callback(null, addresses[0] ?? '', 4);
}
