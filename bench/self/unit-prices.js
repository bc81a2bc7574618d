/**
 * Are the prices of the price list right? Runs the matrix unit-costs, and before and after it measures the same operations directly
 * with tinybench on the same two runtimes, in turn (causes/direct.mjs). Prints both side by side, and how far a cell is off
 * that was left out of the fit. From the root of the repository, on a machine on which nothing else runs, about a quarter of an hour:
 * `npm run build && node bench/self/unit-prices.js --launches 6`, with options of `compare` behind it. Loopback only.
 */
import { execFile, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { usableCores } from '../../dist/machine/cores.js';
import { makeCertificates } from '../../dist/target/certificates.js';
import { writeTrust } from '../../dist/target/trust.js';
import { compareOnce } from '../detector/compare-once.js';

const here = (name) => fileURLToPath(new URL(`causes/${name}`, import.meta.url));
const run = promisify(execFile);
const rounds = 3;
const [clientCore = 0, serverCore = 0] = usableCores();

const folder = mkdtempSync(path.join(tmpdir(), 'bench-unit-prices-'));
const certificates = await makeCertificates('ecdsa');
const { file } = writeTrust(folder, { kind: 'bundle' }, certificates.authority, 0);
const server = fork(here('echo.js'), { execArgv: [] });
server.send({ ...certificates.leaf, core: serverCore });
const { plain, secure } = await new Promise((resolve) => server.once('message', resolve));

const installedNode = async (version) =>
  (await run('node', ['.ci/node.js', version])).stdout.trim();
const nodes = { v1: await installedNode('16.20.2'), v2: await installedNode('20.20.2') };
const direct = { v1: [], v2: [] };
async function measureDirectly() {
  for (let round = 0; round < rounds; round += 1)
    for (const version of round % 2 === 0 ? ['v1', 'v2'] : ['v2', 'v1']) {
      const args = [here('direct.mjs'), `${plain}`, `${secure}`, file];
      const pinned = ['--cpu-list', `${clientCore}`, nodes[version], ...args];
      const { stdout } = await run('taskset', pinned);
      direct[version].push(JSON.parse(stdout));
    }
}

try {
  await measureDirectly();
  const { report } = await compareOnce(
    ['--matrix', 'unit-costs', '--baseline', 'v1', '--candidate', 'v2', ...process.argv.slice(2)],
    'reports/unit-prices',
  );
  await measureDirectly();
  tell(report);
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}

function tell(report) {
  const [list] = report.causes.prices;
  const units = {
    certificate: 'certificate',
    context: 'context',
    handshake: 'handshakeFull',
    connection: 'connection',
  };
  const mean = (version, name) =>
    direct[version].reduce((sum, found) => sum + found[name], 0) / direct[version].length;
  console.log('| unit | price list | directly | ratio by prices | ratio directly | apart |');
  console.log('|---|---|---|---|---|---|');
  for (const [name, kind] of Object.entries(units)) {
    const price = list.prices.find(({ units: [unit] }) => unit.kind === kind && unit.tls !== '1.2');
    const [v1, v2] = [mean('v1', name), mean('v2', name)];
    const ratio = price.candidate.estimate / price.baseline.estimate;
    const µs = (a, b) => `${a.toFixed(1)} → ${b.toFixed(1)} µs`;
    console.log(
      `| ${price.label} | ${µs(price.baseline.estimate, price.candidate.estimate)} | ${µs(v1, v2)} | ${ratio.toFixed(2)} | ${(v2 / v1).toFixed(2)} | ${((ratio / (v2 / v1) - 1) * 100).toFixed(1)} % |`,
    );
  }
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  console.log('');
  console.log(
    `worst fit ${percent(list.worstFit)}, worst cell left out ${percent(list.worstLeftOut)}`,
  );
  for (const { cell, measured, predicted } of list.cells) {
    if (predicted === null) continue;
    const off = (role) => percent(predicted[role] / measured[role] - 1);
    console.log(`  ${cell}: ${off('baseline')}, ${off('candidate')}`);
  }
}
