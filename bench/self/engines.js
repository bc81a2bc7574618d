/**
 * CPU per request of every engine as bench runs it: a process of its own on one core, its own built-in target on another,
 * 100 ms each in turn. `npm run build && node bench/self/engines.js`; wrk, oha and k6 where they are on PATH. Loopback only.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { engines } from '../../dist/engine/engines.js';
import { refusedByEngine } from '../../dist/engine/refused.js';
import { usableCores } from '../../dist/machine/cores.js';
import { findProgram } from '../../dist/machine/files.js';
import { planMatrix } from '../../dist/matrix/plan.js';
import { startArm } from '../../dist/measure/arm.js';
import { runSlice } from '../../dist/measure/slice.js';
import { makeCertificates } from '../../dist/target/certificates.js';
import { writeTrust } from '../../dist/target/trust.js';

const sliceMs = 100;
const warmTurns = 20;
const turns = 100;

const modes = {
  'keep-alive': 'connection: { tls: none }',
  'keep-alive, TLS 1.3': 'connection: { tls: 1.3 }',
  'close, TLS 1.3': 'connection: { tls: 1.3, reuse: close }',
};
const onPath = (name) => findProgram(name, process.env.PATH ?? '');
const installed = createRequire(import.meta.url);
const programs = {
  http: '',
  undici: installed.resolve('undici'),
  autocannon: installed.resolve('autocannon'),
  wrk: onPath('wrk'),
  oha: onPath('oha'),
  k6: onPath('k6'),
};

const versions = { runtime: process.versions.node, program: null };

const [client = null, target = null] = usableCores();
const folder = mkdtempSync(path.join(tmpdir(), 'bench-engines-'));
const certificates = await makeCertificates('ecdsa');
const { file: caFile } = writeTrust(folder, { kind: 'none' }, certificates.authority, 0);

function settingsOf(engine, connection) {
  const options = {
    ...{ baseline: 'a', candidate: 'a', axis: null, only: [], launches: null },
    ...{ budgetMs: null, workers: null, set: [], seed: 1, margins: null, targetRate: null },
    ...{ failOn: 'never', strict: false },
  };
  const text = `client: { engine: ${engine} }\n${connection}\naxes: { version: { a: {} } }\n`;
  const { cells } = planMatrix({
    ...{ kind: 'text', text, file: 'engines.yaml', name: 'engines', options, variables: {} },
  });
  return cells[0].arms.baseline;
}

async function armOf(engine, settings, started) {
  const arm = await startArm({
    ...{ name: engine, settings, engine: engines[engine], certificates, caFile, started },
    ...{ runtime: process.execPath, program: programs[engine] },
    place: { cwd: folder, runFolder: folder, name: engine },
    ...{
      targetEnv: {},
      clientEnv: { PATH: process.env.PATH },
      cores: { workers: [client], target },
    },
  });
  let perMs = 10;
  const spent = { cpuUs: 0, requests: 0 };
  return {
    spent,
    async run(measured) {
      const work =
        arm.client.kind === 'paused'
          ? { kind: 'time', ms: sliceMs }
          : { kind: 'requests', requests: Math.ceil((perMs * sliceMs) / 8) * 8 };
      const slice = await runSlice(arm, work, { measured, requestTimeoutMs: 10_000 });
      const [{ cpuUs, requests }] = slice.workers;
      perMs = requests / slice.wallMs;
      if (!measured) return;
      spent.cpuUs += cpuUs;
      spent.requests += requests;
    },
  };
}

for (const [mode, connection] of Object.entries(modes)) {
  const stops = [];
  const arms = new Map();
  for (const engine of Object.keys(programs)) {
    if (programs[engine] === null) continue;
    const settings = settingsOf(engine, connection);
    if (refusedByEngine(settings, versions) !== null) continue;
    arms.set(engine, await armOf(engine, settings, (stop) => stops.push(stop)));
  }
  for (let turn = -warmTurns; turn < turns; turn += 1)
    for (const { run } of arms.values()) await run(turn >= 0);
  const cost = ({ spent }) => spent.cpuUs / spent.requests;
  for (const [engine, arm] of arms) {
    const [us, ratio] = [cost(arm), cost(arm) / cost(arms.get('http'))];
    console.log(
      `${mode.padEnd(20)} ${engine.padEnd(10)} ${us.toFixed(1).padStart(7)} µs of CPU per request, ${ratio.toFixed(2)} × http`,
    );
  }
  await Promise.all(stops.map((stop) => stop()));
}
rmSync(folder, { recursive: true });
