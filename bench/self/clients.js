/** Clients that replay `GET /` on a loopback port, keep-alive: ours as a worker runs it, and others to set it against. */
import { execFileSync } from 'node:child_process';
import http from 'node:http';
import autocannon from 'autocannon';
import { Pool } from 'undici';
import { usableCores } from '../../dist/machine/cores.js';
import { startBuiltinTarget } from '../../dist/target/start.js';
import { ClosedLoad } from '../../dist/worker/closed-load.js';
import { Connector } from '../../dist/worker/connector.js';
import { HttpTransport } from '../../dist/worker/http-transport.js';
import { LatencyRecorder } from '../../dist/worker/latency.js';
import { replayOf } from '../../dist/worker/replay.js';
import { encodeRequest } from '../../dist/worker/request-bytes.js';
import { Sockets } from '../../dist/worker/sockets.js';
import { Tally } from '../../dist/worker/tally.js';

export const connections = 8;
const host = '127.0.0.1';

/**
 * Pins this process to a core, and gives the one that is left for the target; null where there is none.
 * @returns {number | null}
 */
export function pinApart() {
  const [ours = null, theirs = null] = usableCores();
  if (theirs !== null) {
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `${ours}`, `${process.pid}`]);
  }
  return theirs;
}

/** @returns {Promise<{ port: number, read: () => Promise<{ cpuUs: number }>, stop: () => Promise<void> }>} the built-in target, on a core of its own */
export async function startTarget(core) {
  const stops = [];
  const { port, read } = await startBuiltinTarget({
    ...{ name: 'target', env: {}, core },
    task: { host, tls: 'none', bodyBytes: 13, delayMs: 0, certificate: null },
    started: (stop) => stops.push(stop),
  });
  return { port, read, stop: async () => void (await Promise.all(stops.map((stop) => stop()))) };
}

/**
 * All of what a worker does for a request: checks, counts, the histogram of latencies.
 * @param perConnection requests after which a connection is closed; null for as many as it can carry.
 */
export function ownEngine(port, perConnection = null) {
  const spec = { method: 'GET', path: '/', headers: {}, body: null };
  const request = { ...spec, expect: { status: 200, body: { kind: 'any' } } };
  const scenario = { order: 'sequence', requests: [request] };
  const task = {
    ...{ host, port, servername: 'localhost', scenario, transport: { kind: 'http' } },
    load: { model: 'closed', connections },
    ...{ tls: 'none', perConnection, session: 'none', context: 'shared', caFile: '' },
    dns: { kind: 'literal' },
    requestTimeoutMs: 10_000,
  };
  const tally = new Tally(1);
  const sockets = new Sockets(tally);
  const connector = new Connector(task, '', sockets, tally);
  const transport = new HttpTransport(task, connector, sockets, tally);
  const replay = replayOf(scenario, [encodeRequest(request, task, 0)], 'closed');
  const load = new ClosedLoad(replay, connections, transport, tally);
  const latency = new LatencyRecorder();
  return {
    run: (amount) => new Promise((done) => load.slice(amount, latency.record, done)),
    close: () => transport.close(),
  };
}

export function nodeHttp(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const send = () =>
    new Promise((resolve, reject) => {
      const answered = (response) => response.resume().on('end', resolve);
      http.get({ host, port, agent }, answered).on('error', reject);
    });
  return { run: (amount) => inSlots(amount, send), close: () => agent.destroy() };
}

export function undici(port) {
  const pool = new Pool(`http://${host}:${port}`, { connections, pipelining: 1 });
  const send = async () => (await pool.request({ path: '/', method: 'GET' })).body.dump();
  return { run: (amount) => inSlots(amount, send), close: () => pool.close() };
}

export const bareAutocannon = (port) => ({
  run: (amount) => autocannon({ url: `http://${host}:${port}`, connections, amount }),
  close: () => {},
});

/** As many at a time as there are connections. */
async function inSlots(amount, send) {
  let left = amount;
  const slot = async () => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: connections }, slot));
}
