/**
 * Counts false alarms for as long as it is left running: A/A matrices one after the other, each through the built
 * command, seeds counted up. `npm run build && node bench/detector/accumulate.js --out FOLDER [--matrices N]`
 *
 * Each run is kept in a folder of its own below FOLDER, for `collect.js`; FOLDER/tally.ndjson gets a line a matrix, and
 * the next start goes on from there. `--baseline --candidate --matrix --only --launches --budget --margin --workers` are handed on;
 * without them: `--baseline v1 --candidate v1 --only tls=none`. Ctrl-C ends the run that is under way, and then this.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exitCodes } from '../../dist/model/failure.js';
import { falseAlarms, readTally, tallied } from './data/tally.js';

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const handedOn = ['matrix', 'launches', 'budget', 'margin', 'workers'];
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'reports/accumulated' },
    matrices: { type: 'string', default: 'Infinity' },
    seed: { type: 'string' },
    baseline: { type: 'string', default: 'v1' },
    candidate: { type: 'string', default: 'v1' },
    only: { type: 'string', multiple: true },
    ...Object.fromEntries(handedOn.map((name) => [name, { type: 'string' }])),
  },
});
const out = path.resolve(options.out);
const tally = path.join(out, 'tally.ndjson');
/** A machine or a command line that cannot measure will not learn it. */
const mostFailures = 3;

mkdirSync(out, { recursive: true });
const lines = readTally(tally);
let seed = Number(options.seed ?? Math.max(0, ...lines.map((line) => line.seed)) + 1);
const last = seed + Number(options.matrices) - 1;
if (!Number.isSafeInteger(seed) || Number.isNaN(last)) {
  throw new RangeError('--seed and --matrices are whole numbers');
}

let running = null;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopping = true;
    // The command stops its processes and says how it ended; a second signal makes it stop at once.
    running?.kill('SIGINT');
  });
}
process.on('exit', () => running?.kill('SIGINT'));

for (let failures = 0; seed <= last && !stopping && failures < mostFailures; seed += 1) {
  const line = await oneMatrix(seed);
  appendFileSync(tally, `${JSON.stringify(line)}\n`);
  lines.push(line);
  failures = line.outcome === null ? failures + 1 : 0;
  const found = line.outcome ?? `no report, exit code ${line.exitCode}`;
  process.stdout.write(`seed ${seed}: ${found}, ${line.seconds} s. ${falseAlarms(lines)}\n`);
  if (failures === mostFailures || line.exitCode === exitCodes.configuration) {
    process.exitCode = 1;
    break;
  }
}

/** In a process group of its own, so that a terminal's Ctrl-C reaches only us, and once. */
async function oneMatrix(seed) {
  const only = (options.only ?? (options.matrix === undefined ? ['tls=none'] : [])).flatMap(
    (of) => ['--only', of],
  );
  const more = handedOn.flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, options[name]],
  );
  const versions = ['--baseline', options.baseline, '--candidate', options.candidate];
  const args = [...versions, ...only, ...more, '--seed', `${seed}`, '--out', out];
  const startedAt = performance.now();
  running = spawn(process.execPath, [command, 'compare', ...args, '--format', 'json', '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const { pid } = running;
  const exitCode = await new Promise((resolve, reject) => {
    running.on('error', reject);
    running.on('close', (code) => resolve(code ?? exitCodes.interrupted));
  });
  running = null;
  return tallied({ out, pid, seed, exitCode, seconds: (performance.now() - startedAt) / 1000 });
}
