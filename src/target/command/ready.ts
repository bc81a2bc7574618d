import http from 'node:http';
import https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../model/failure.ts';
import { servername } from '../certificates.ts';

export interface Probe {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly tls: boolean;
}

const pauseMs = 25;

export const probedUrl = ({ host, port, path, tls }: Probe): string =>
  `${tls ? 'https' : 'http'}://${host}:${port}${path}`;

/** Asks until there is an answer, whatever its status. @returns null, or why there was none when time was up. */
export async function whyNotReady(probe: Probe, deadline: AbortSignal): Promise<string | null> {
  let why = 'nothing was heard';
  while (!deadline.aborted) {
    const failure = await ask(probe, deadline);
    if (failure === null) return null;
    // The deadline itself is no reason.
    if (!deadline.aborted) why = failure;
    await wait(pauseMs);
  }
  return why;
}

/** One request on a connection of its own. The certificate is not looked at: the clients do that. */
function ask({ host, port, path, tls }: Probe, signal: AbortSignal): Promise<string | null> {
  const options = { host, port, path, signal, agent: false };
  return new Promise((resolve) => {
    const request = tls
      ? https.get({ ...options, servername, rejectUnauthorized: false })
      : http.get(options);
    request.on('response', (response) => {
      response.on('error', () => {}).destroy();
      resolve(null);
    });
    request.on('error', (error) => resolve(firstLine(messageOf(error))));
  });
}

/** OpenSSL's reasons end with a line end. */
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
