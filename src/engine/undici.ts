import { intersects } from 'semver';
import type { RequestSpec, Settings } from '../model/settings.ts';
import { nodeWorkers } from './node-workers.ts';

/** undici from npm, on the arm's Node: HTTP/1.1 through the library as its users run it, in our own workers. */
export const undiciEngine = nodeWorkers({
  name: 'undici',
  refuses: (settings, { program }) => refusedBy(settings, program ?? '*'),
  transport: ({ program: module }) => ({ kind: 'undici', module }),
});

/** From here on a request says whether its connection is closed after it, a HEAD included. */
const oldest = '5.17.0';
/** From here on it is obeyed where a body goes with a method that expects none. */
const keepsAfterBody = '6.21.0';

/** @param release exact, or a range. */
function refusedBy({ scenario, connection }: Settings, release: string): string | null {
  const { requests } = scenario;
  const isFrom = (first: string): boolean => intersects(release, `>=${first}`);
  if (!isFrom(oldest))
    return `client.engine: npm:undici@${release} (it honours: ${oldest} or newer)`;
  const refused = requests.map(refusedRequest).find((why) => why !== null) ?? null;
  if (refused !== null) return refused;
  if (connection.reuse.kind !== 'close' && !isFrom(keepsAfterBody)) {
    const closing = requests.find(
      ({ body, method }) => (body ?? '') !== '' && !expectsBody(method),
    );
    if (closing !== undefined)
      return `method: ${closing.method} with a body (before ${keepsAfterBody} it closes the connection after it)`;
  }
  const hosts = new Set(requests.map(({ headers }) => hostOf(headers)));
  if (connection.tls !== 'none' && hosts.size > 1)
    return `headers: host, which differs between requests (with TLS it connects anew for each)`;
  return null;
}

const expectsBody = (method: string): boolean => ['PUT', 'POST', 'PATCH'].includes(method);

function refusedRequest({ method, headers }: RequestSpec): string | null {
  if (method === 'CONNECT') return 'method: CONNECT (it opens a tunnel)';
  const name = Object.keys(headers).find((name) => /^(expect|keep-alive|upgrade)$/i.test(name));
  return name === undefined ? null : `headers: ${name} (it does not let its users send it)`;
}

const hostOf = (headers: RequestSpec['headers']): string | null =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1] ?? null;
