import http from 'node:http';
import https from 'node:https';
import type { TargetTask } from '../protocol.ts';
import type { TargetCounters } from './counters.ts';

/** Handshakes that are looked into for cipher and version. */
const inspectedHandshakes = 16;

/** The `hello` application: one body of the size asked for, after the delay asked for, on every path. */
export function createServer(task: TargetTask, counters: TargetCounters): http.Server {
  const body = Buffer.alloc(task.bodyBytes, 'hello, world\n');
  const headers = { 'content-type': 'text/plain', 'content-length': String(body.length) };

  const answer: http.RequestListener = (request, response) => {
    request.on('data', (chunk: Buffer) => counters.received(chunk.length));
    request.resume();
    const respond = (): void => {
      counters.request(request.httpVersion, body.length);
      response.writeHead(200, headers);
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (task.delayMs === 0) respond();
    else setTimeout(respond, task.delayMs);
  };

  const server = listenerFor(task, answer);
  counters.watchConnections(server);
  if (task.tls !== 'none') counters.watchHandshakes(server, inspectedHandshakes);
  // An arm rests while the other runs: nothing may close its connections, and no timer may wake it.
  server.keepAliveTimeout = 0;
  server.headersTimeout = 0;
  server.requestTimeout = 0;
  return server;
}

function listenerFor(task: TargetTask, answer: http.RequestListener): http.Server {
  if (task.tls === 'none' || task.certificate === null) return http.createServer(answer);
  const version = task.tls === '1.2' ? 'TLSv1.2' : 'TLSv1.3';
  return https.createServer(
    { ...task.certificate, minVersion: version, maxVersion: version, ALPNProtocols: ['http/1.1'] },
    answer,
  );
}
