import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';

/** A server, and what to ask it on a connection of its own. */
export interface Asked {
  readonly host: string;
  readonly port: number;
  /** Null for the connection alone. */
  readonly request: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  } | null;
  readonly tls: tls.ConnectionOptions | null;
}

/** Resolves once there is an answer, whatever its status. @throws Error why there was none. */
export function firstAnswer({ host, port, request, tls: secure }: Asked, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const ended = (socket: { destroy(): unknown }): void => {
      resolve();
      socket.destroy();
    };
    if (request !== null) {
      const options = { host, port, ...request, signal, agent: false };
      const asking = secure === null ? http.get(options) : https.get({ ...options, ...secure });
      asking.on('response', (response) => ended(response.on('error', () => {})));
      asking.on('error', reject);
      return;
    }
    const socket =
      secure === null ? net.connect({ host, port }) : tls.connect({ host, port, ...secure });
    const over = (): void => void socket.destroy(new Error('the time is over'));
    signal.addEventListener('abort', over, { once: true });
    socket.on('close', () => signal.removeEventListener('abort', over));
    socket.on(secure === null ? 'connect' : 'secureConnect', () => ended(socket));
    socket.on('error', reject);
  });
}

/** OpenSSL's reasons end with a line end. */
export const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
