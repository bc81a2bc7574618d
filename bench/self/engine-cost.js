/**
 * CPU per request of our engine `http` beside autocannon, undici and Node's own client, all on the built-in
 * target, keep-alive, in turns within one process that is pinned away from the target.
 * Loopback only, bounded in count: `npm run build && node bench/self/engine-cost.js`.
 */
import { bareAutocannon, nodeHttp, ownEngine, pinApart, startTarget, undici } from './clients.js';

const amount = 4_000;
const warmTurns = 4;
const turns = 20;

const target = await startTarget(pinApart());
const clients = {
  'bench http': ownEngine(target.port),
  autocannon: bareAutocannon(target.port),
  undici: undici(target.port),
  'node:http': nodeHttp(target.port),
};
const spent = new Map(Object.keys(clients).map((name) => [name, []]));
for (let turn = -warmTurns; turn < turns; turn += 1) {
  for (const [name, { run }] of Object.entries(clients)) {
    const before = process.cpuUsage();
    await run(amount);
    const { user, system } = process.cpuUsage(before);
    if (turn >= 0) spent.get(name).push((user + system) / amount);
  }
}
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const base = mean(spent.get('bench http'));
for (const [name, values] of spent) {
  const us = mean(values);
  console.log(
    `${name.padEnd(12)} ${us.toFixed(1)} µs of CPU per request, ${(us / base).toFixed(2)}×`,
  );
}
for (const { close } of Object.values(clients)) await close();
await target.stop();
