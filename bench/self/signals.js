/**
 * What a reading of the machine's signals and of its network costs at a slice edge, and what its files cost when they are opened for each
 * reading instead of kept open. `npm run build && node bench/self/signals.js`.
 */
import { readFileSync } from 'node:fs';
import { openNetwork } from '../../dist/machine/network.js';
import { openProcFile } from '../../dist/machine/open-file.js';
import { openSignals } from '../../dist/machine/signals.js';

const turns = 20_000;
const row = (role, part) => ({ role, part, worker: 0, pid: process.pid, core: 0, port: null });
const processes = ['baseline', 'candidate'].flatMap((role) => [
  row(role, 'client'),
  row(role, 'target'),
]);
const signals = openSignals(processes, { client: true, target: true }, () => performance.now());

function show(name, run) {
  for (let turn = 0; turn < turns / 10; turn += 1) run();
  const { user, system } = process.cpuUsage();
  for (let turn = 0; turn < turns; turn += 1) run();
  const spent = process.cpuUsage({ user, system });
  console.log(`${name.padEnd(36)} ${((spent.user + spent.system) / turns).toFixed(1)} µs of CPU`);
}

show('one reading, both arms', () => signals.since('baseline'));
const network = openNetwork(() => performance.now());
show('one reading of the network', () => network.since());
network.close();
const files = ['/proc/stat', '/proc/pressure/cpu', `/proc/${process.pid}/schedstat`];
for (const file of files) {
  const opened = openProcFile(file);
  if (opened === null) continue;
  show(`${file.replace(process.pid, 'PID')}, kept open`, () => opened.read());
  show('  opened each time', () => readFileSync(file, 'utf8'));
  opened.close();
}
signals.close();
