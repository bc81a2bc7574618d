import { isIP } from 'node:net';
import type { Settings } from '../model/settings.ts';
import { parseTargetUrl } from '../model/url.ts';
import type { ClientStart, PausedClient, WholeClient } from './engine.ts';
import { startPaused } from './paused.ts';
import { AimedProgram, type StockProgram } from './stock.ts';
import { wholeClient } from './whole.ts';

const leastTimeoutMs = 3_000;

/** Paused where the target counts the requests of a slice, else run whole. */
export async function startStock(
  stock: StockProgram,
  start: ClientStart,
): Promise<PausedClient | WholeClient> {
  const aimed = new AimedProgram(stock, start, await start.port);
  return start.served === null ? wholeClient(aimed) : startPaused(aimed, start.served);
}

/** The first setting that no program can honour that is neither ours nor able to cooperate, or null. */
export function refusedByStock(settings: Settings): string | null {
  const { scenario, client, connection } = settings;
  const { load, requests } = scenario;
  const { reuse, session, context, ca, dns } = connection;
  if (load.model !== 'closed')
    return `scenario.load.model: ${load.model} (paced load cannot be paused)`;
  if (reuse.kind !== 'keep-alive')
    return `connection.reuse: ${reuse.kind} (it honours: keep-alive)`;
  if (session !== 'none') return `connection.session: ${session} (it honours: none)`;
  if (context !== 'shared') return `connection.context: ${context} (it honours: shared)`;
  if (ca.kind !== 'none') return `connection.ca: ${ca.kind} (it verifies nothing)`;
  const name = nameInTls(settings);
  if (name !== null) return `target.url with TLS to ${name} (it sends no name in TLS)`;
  if (dns.kind !== 'literal') return `connection.dns: ${dns.kind} (it honours: literal)`;
  if (client.requestTimeoutMs < leastTimeoutMs)
    return `client.requestTimeout: ${client.requestTimeoutMs} ms (a rest counts into it: ${leastTimeoutMs} ms or more)`;
  if (client.workers !== 1) return `client.workers: ${client.workers} (it honours: 1)`;
  if (requests.length !== 1)
    return `scenario.requests: ${requests.length} of them (it honours: one)`;
  const { expect } = requests[0];
  if (expect.status !== 200) return `expect.status: ${expect.status} (it honours: 200)`;
  if (expect.body.kind !== 'any') return 'expect.body (it does not look at bodies)';
  return null;
}

/** What a server that runs already has to be told in the handshake; null where there is nothing. */
function nameInTls({ target, connection }: Settings): string | null {
  if (target.kind !== 'url' || connection.tls === 'none') return null;
  if (target.servername !== null) return target.servername;
  const url = parseTargetUrl(target.url);
  return typeof url === 'string' || isIP(url.host) !== 0 ? null : url.host;
}
