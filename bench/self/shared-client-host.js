/** A client process of shared-client.js: engines for the ports of argv, which run when they are told to. */
import { ownEngine } from './clients.js';

const engines = process.argv.slice(2).map((port) => ownEngine(Number(port)));
const cpuUs = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
process.on('message', async ({ slot, requests }) => {
  const before = cpuUs();
  await engines[slot].run(requests);
  process.send({ cpuUs: cpuUs() - before });
});
