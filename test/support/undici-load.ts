import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Counts } from '../../src/model/counts.ts';
import type { RequestSpec } from '../../src/model/settings.ts';
import { TargetCounters } from '../../src/target/builtin/counters.ts';
import { createServer } from '../../src/target/builtin/server.ts';
import { makeCertificates, servername } from '../../src/target/certificates.ts';
import { ClosedLoad } from '../../src/worker/closed-load.ts';
import type { WorkerTask } from '../../src/worker/protocol.ts';
import { replayOf } from '../../src/worker/replay.ts';
import { encodeRequest } from '../../src/worker/request-bytes.ts';
import { Sockets } from '../../src/worker/sockets.ts';
import { Tally } from '../../src/worker/tally.ts';
import type { Undici } from '../../src/worker/undici.ts';
import { UndiciTransport } from '../../src/worker/undici-transport.ts';

/** The release that is among our own dependencies. */
export const undici = createRequire(import.meta.url)('undici') as typeof import('undici') & Undici;

/** The built-in target in this process. */
export async function startServer(tls: WorkerTask['tls'] = 'none') {
  const counters = new TargetCounters();
  const { leaf, authority } = await makeCertificates('ecdsa');
  const serving =
    tls === 'none' ? ({ tls, certificate: null } as const) : { tls, certificate: leaf };
  const server = createServer(
    { host: '127.0.0.1', ...serving, bodyBytes: 5, delayMs: 0 },
    counters,
  );
  const port = await listening(server);
  return { port, authority, counts: (): Counts => counters.snapshot() };
}

/** Until the test is over. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

export interface Asked extends Partial<Omit<WorkerTask, 'requests' | 'load'>> {
  readonly port: number;
  readonly authority?: string;
  readonly slots?: number;
  readonly request?: Partial<RequestSpec>;
}

/** Engine undici as a worker runs it: slices of requests, and what it counted. */
export function undiciLoad({ authority = '', slots = 1, request = {}, ...asked }: Asked) {
  const spec: RequestSpec = {
    ...{ method: 'GET', path: '/', headers: {}, body: null },
    expect: { status: 200, body: { kind: 'any' } },
    ...request,
  };
  const task: WorkerTask = {
    ...{
      host: '127.0.0.1',
      servername,
      verify: true,
      tls: 'none',
      perConnection: null,
      caFile: '',
    },
    ...{ session: 'none', context: 'shared', dns: { kind: 'literal' }, requestTimeoutMs: 10_000 },
    scenario: { order: 'sequence', requests: [spec] },
    load: { model: 'closed', connections: slots },
    transport: { kind: 'undici', module: 'undici' },
    ...asked,
  };
  const tally = new Tally(1);
  const sockets = new Sockets(tally);
  const transport = new UndiciTransport(undici, task, authority, sockets, tally);
  onTestFinished(() => transport.close());
  const replay = replayOf(task.scenario, [encodeRequest(spec, task, 0)], 'closed');
  const load = new ClosedLoad(replay, slots, transport, tally);
  return {
    tally,
    slice: (requests: number) =>
      new Promise<void>((done) => load.slice(requests, () => undefined, done)),
  };
}
