import net from 'node:net';
import tls from 'node:tls';
import type { TargetTask } from '../protocol.ts';
import { serveConnection } from './connection.ts';
import type { TargetCounters } from './counters.ts';

/** Handshakes that are looked into for cipher and version. */
const inspectedHandshakes = 16;

/**
 * The `hello` application: one body of the size asked for, after the delay asked for, on every path.
 * It has no time-outs: an arm rests while the other runs, and nothing may close its connections.
 */
export function createServer(task: TargetTask, counters: TargetCounters): net.Server {
  const body = Buffer.alloc(task.bodyBytes, 'hello, world\n');
  const headers = ['HTTP/1.1 200 OK', 'Content-Type: text/plain', `Content-Length: ${body.length}`];
  const headOf = (lines: readonly string[]): Buffer =>
    Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const answer = {
    ...{ head: headOf(headers), lastHead: headOf([...headers, 'Connection: close']) },
    ...{ body, delayMs: task.delayMs },
  };
  const serve = (socket: net.Socket): void => serveConnection(socket, answer, counters);

  if (task.tls === 'none') {
    const server = net.createServer(serve);
    counters.watchConnections(server);
    return server;
  }
  const version = task.tls === '1.2' ? 'TLSv1.2' : 'TLSv1.3';
  const server = tls.createServer(
    { ...task.certificate, minVersion: version, maxVersion: version, ALPNProtocols: ['http/1.1'] },
    serve,
  );
  counters.watchConnections(server);
  counters.watchHandshakes(server, inspectedHandshakes);
  return server;
}
