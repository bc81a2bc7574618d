import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../model/failure.ts';
import { firstAnswer, firstLine } from '../answer.ts';
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
  const { host, port, path, tls } = probe;
  // The certificate is not looked at: the clients do that.
  const secure = tls ? { servername, rejectUnauthorized: false } : null;
  const asked = { host, port, request: { path, headers: {} }, tls: secure };
  let why = 'nothing was heard';
  while (!deadline.aborted) {
    try {
      await firstAnswer(asked, deadline);
      return null;
    } catch (error) {
      // The deadline itself is no reason.
      if (!deadline.aborted) why = firstLine(messageOf(error));
    }
    await wait(pauseMs);
  }
  return why;
}
