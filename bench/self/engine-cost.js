/**
 * CPU per request of autocannon and undici on the built-in target, keep-alive, 8 connections, in short turns.
 * Loopback only, bounded in count. `npm run build && node bench/self/engine-cost.js`; the figure of our own
 * engine beside them is `cpuPerRequest` of a run. One process: each turn's CPU is this process's own.
 */
import autocannon from 'autocannon';
import { Pool } from 'undici';
import { startBuiltinTarget } from '../../dist/target/start.js';

const connections = 8;
const amount = 4_000;
const turns = 10;

const stops = [];
const target = await startBuiltinTarget({
  name: 'target',
  task: { host: '127.0.0.1', tls: 'none', bodyBytes: 13, delayMs: 0, certificate: null },
  env: {},
  core: null,
  started: (stop) => stops.push(stop),
});
const url = `http://127.0.0.1:${target.port}`;
const pool = new Pool(url, { connections, pipelining: 1 });

const clients = {
  autocannon: async () => {
    const { '2xx': ok } = await autocannon({ url, connections, amount });
    return ok;
  },
  undici: async () => {
    let left = amount;
    const slot = async () => {
      while (left > 0) {
        left -= 1;
        const { body } = await pool.request({ path: '/', method: 'GET' });
        await body.dump();
      }
    };
    await Promise.all(Array.from({ length: connections }, slot));
    return amount;
  },
};

const spent = { autocannon: { us: 0, requests: 0 }, undici: { us: 0, requests: 0 } };
for (let turn = 0; turn <= turns; turn += 1) {
  for (const name of ['autocannon', 'undici']) {
    const before = process.cpuUsage();
    const requests = await clients[name]();
    const { user, system } = process.cpuUsage(before);
    // The first turn warms up.
    if (turn === 0) continue;
    spent[name].us += user + system;
    spent[name].requests += requests;
  }
}
for (const [name, { us, requests }] of Object.entries(spent)) {
  console.log(`${name}: ${(us / requests).toFixed(1)} µs of CPU per request`);
}
await pool.close();
await Promise.all(stops.map((stop) => stop()));
