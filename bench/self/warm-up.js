/**
 * How many requests a client needs until its CPU per request is at rest: steps of 1,000 requests from a
 * fresh process. `npm run build && node bench/self/warm-up.js own`, then `close` (ours, a connection for each request) and
 * `node`; any Node from 20 up runs it.
 */
import { nodeHttp, ownEngine, pinApart, startTarget } from './clients.js';

const step = 1_000;
const steps = 20;

const target = await startTarget(pinApart());
const clients = {
  own: () => ownEngine(target.port),
  close: () => ownEngine(target.port, 1),
  node: () => nodeHttp(target.port),
};
const client = clients[process.argv[2] ?? 'own']();
const costs = [];
for (let i = 0; i < steps; i += 1) {
  const before = process.cpuUsage();
  await client.run(step);
  const { user, system } = process.cpuUsage(before);
  costs.push(((user + system) / step).toFixed(0));
}
console.log(`µs of CPU per request, in steps of ${step}: ${costs.join(' ')}`);
await client.close();
await target.stop();
