/**
 * A/A data in the order of tools that do not interleave: fresh processes of arm a run for ten seconds, then fresh processes
 * of arm b, and again. The arms are two installs of the same version; slices are as long as ours, and are kept in pieces of 50 ms.
 * `npm run build && node bench/detector/in-sequence.js --pairs 40 --seconds 10 | gzip -9 > bench/detector/in-sequence.ndjson.gz`
 *
 * `--cell ID` measures that cell only, and may be repeated. Each pair of each cell is a line (data/line.js) with the order 'in-sequence'. The arm warms up by itself, by the rule
 * of the tool. Ctrl-C ends it after the slice at hand; the lines until then are whole.
 */
import { parseArgs } from 'node:util';
import { runSlice } from '../../dist/measure/slice.js';
import { startArm } from '../../dist/measure/arm.js';
import { calibrate } from '../../dist/measure/calibrate.js';
import { grainOf } from '../../dist/measure/grain.js';
import { warmUp } from '../../dist/measure/warmup.js';
import { roles } from '../../dist/model/plan.js';
import { startWatchdog } from '../../dist/process/watchdog.js';
import { lineOf } from './data/line.js';
import { preparedArms } from './data/prepared.js';
import { plan } from './rules/defaults.js';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '10' },
    cell: { type: 'string', multiple: true },
  },
});
const cells = plan.cells.filter(({ id }) => values.cell?.includes(id) ?? true);
const [pairs, wantedMs] = [Number(values.pairs), 1000 * Number(values.seconds)];
const run = `in-sequence-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}-${process.pid}`;

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (stopping) process.exit(130);
    stopping = true;
  });
}
class Stopped extends Error {}
const aborted = () => {
  if (stopping) throw new Stopped();
};

const startedAt = performance.now();
const now = () => Math.round(performance.now() - startedAt);
const watchdog = await startWatchdog(run);
try {
  const armOf = await preparedArms(run, { aborted });
  for (let round = 0; round < pairs; round += 1) {
    for (const cell of cells) {
      process.stdout.write(`${JSON.stringify(await pair(armOf, cell, round))}\n`);
      process.stderr.write(`pair ${round + 1} of ${pairs}, ${cell.id}\n`);
    }
  }
} catch (error) {
  if (!(error instanceof Stopped)) throw error;
  process.exitCode = 130;
} finally {
  watchdog.release();
}

/** One arm and then the other. The second does slices of as many requests as the first. */
async function pair(armOf, cell, round) {
  const startedMs = now();
  const slices = [];
  let requests = null;
  for (const role of roles) {
    const measured = await measuredArm(armOf(cell, role, role), cell.arms[role], requests);
    requests = measured.requests;
    slices.push(...measured.slices.map((slice) => ({ role, ...slice })));
  }
  const about = { run, journal: null, cell: cell.id, launch: round + 1, round };
  return lineOf({ ...about, order: 'in-sequence', startedMs, endedMs: now() }, slices);
}

async function measuredArm(start, settings, wantedRequests) {
  const stops = [];
  try {
    const arm = await startArm({ ...start, started: (stop) => stops.push(stop) });
    const { scenario, client } = settings;
    const { requestTimeoutMs } = client;
    const slice = (requests, measured) => {
      aborted();
      return runSlice(arm, { kind: 'requests', requests }, { measured, requestTimeoutMs });
    };
    const grain = grainOf(scenario, scenario.load.connections, client.workers);
    // The tool's warm-up takes both arms in turn; here both are this one.
    const { msPerRequest } = await warmUp((_, requests) => slice(requests, false), {
      ...{ grain, capMs: plan.measure.warmupMs, now: () => performance.now() },
    });
    const requests =
      wantedRequests ?? calibrate({ grain, msPerRequest, sliceTimeMs: wantedMs }).requests;
    const slices = [];
    const end = performance.now() + wantedMs;
    while (performance.now() < end) slices.push(spentOf(await slice(requests, true)));
    return { requests, slices: joined(slices) };
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}

/** The matrix has one worker an arm. */
function spentOf({ workers: [worker], targetCpuUs }) {
  const { requests, cpuUs, wallUs } = worker;
  return { requests, clientCpuUs: cpuUs, targetCpuUs, wallUs };
}

/** Slices put together to pieces of 50 ms: no such tool samples finer (criterion: 100 times in 5 s or more). */
function joined(slices) {
  const pieces = [];
  for (const slice of slices) {
    const last = pieces.at(-1);
    if (last === undefined || last.wallUs >= 50_000) pieces.push({ ...slice });
    else for (const key of Object.keys(slice)) last[key] += slice[key];
  }
  return pieces;
}
