/**
 * Does one client for both arms show a change of the target better than a client each? A/A: two identical targets, slices of
 * 10 ms in ABBA and BAAB. The two ways take turns, launch by launch; what counts is how the launches scatter.
 * `npm run build && node bench/self/shared-client.js [launches of each way]`
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { usableCores } from '../../dist/machine/cores.js';
import { meanInterval } from '../../dist/stats/interval.js';
import { moments } from '../../dist/stats/moments.js';
import { coin, randomFrom } from '../../dist/stats/random.js';
import { startTarget } from './clients.js';

const launches = Number(process.argv[2] ?? 24);
const blocks = 30;
const perSlice = 600;
const warmUp = 10_000;
const host = fileURLToPath(new URL('./shared-client-host.js', import.meta.url));
const [clientCore, targetCore] = usableCores();
const random = randomFrom('shared client');

const ways = { 'a client each': false, 'one client for both': true };
const ratios = Object.fromEntries(
  Object.keys(ways).map((way) => [way, { target: [], client: [] }]),
);
for (let launch = 0; launch < launches; launch += 1) {
  for (const [way, shared] of Object.entries(ways)) {
    const change = await measured(shared);
    ratios[way].target.push(change.target);
    ratios[way].client.push(change.client);
  }
}
for (const [way, { target, client }] of Object.entries(ratios)) {
  const shown = (of) => {
    const { mean, low, high } = meanInterval(of, 0.95);
    const percent = (x) => (100 * x).toFixed(2);
    return `sd ${percent(moments(of).sd)} %, mean ${percent(mean)} % (${percent(low)} … ${percent(high)})`;
  };
  console.log(`${way}: target CPU per request ${shown(target)}; client CPU ${shown(client)}`);
}

/** Log ratios of CPU per request, by totals, of one pair of fresh targets with fresh clients. */
async function measured(shared) {
  // Whichever starts first is not always the same arm: the order shows in the figures.
  const order = coin(random) ? [0, 1] : [1, 0];
  const targets = [];
  for (const arm of order) targets[arm] = await startTarget(targetCore);
  const ports = targets.map(({ port }) => port);
  const clients = [];
  if (shared) clients[0] = client(ports);
  else for (const arm of order) clients[arm] = client([ports[arm]]);
  const clientOf = (arm) => (shared ? [clients[0], arm] : [clients[arm], 0]);
  const cpu = { target: [0, 0], client: [0, 0] };
  const slice = async (arm, requests) => {
    const [process, slot] = clientOf(arm);
    const before = await targets[arm].read();
    process.send({ slot, requests });
    const [{ cpuUs }] = await once(process, 'message');
    const after = await targets[arm].read();
    cpu.target[arm] += after.cpuUs - before.cpuUs;
    cpu.client[arm] += cpuUs;
  };
  for (let sent = 0; sent < warmUp; sent += perSlice)
    for (const arm of [0, 1]) await slice(arm, perSlice);
  cpu.target.fill(0);
  cpu.client.fill(0);
  for (let block = 0; block < blocks; block += 1) {
    for (const arm of coin(random) ? [0, 1, 1, 0] : [1, 0, 0, 1]) await slice(arm, perSlice);
  }
  for (const process of clients) process.kill('SIGKILL');
  await Promise.all(targets.map(({ stop }) => stop()));
  const log = ([a, b]) => Math.log(b / a);
  return { target: log(cpu.target), client: log(cpu.client) };
}

function client(ports) {
  return fork(host, ports.map(String), {
    execPath: 'taskset',
    execArgv: ['--cpu-list', String(clientCore), process.execPath],
  });
}
