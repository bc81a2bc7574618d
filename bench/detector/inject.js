/**
 * Runs the injections of injections.yaml through the built command, and sets what is reported against what was
 * injected. From the root of the repository; about twelve minutes:
 * `npm run build && node bench/detector/inject.js > reports/examples/detector/injections.md`
 *
 * --only NAME (repeatable), --launches N for each, --repeat K times with other seeds, --seed N of the first. The
 * runs themselves are kept in reports/injected-runs; --kept tells of those again, and measures nothing.
 */
import { parseArgs } from 'node:util';
import { compareOnce, keptRun } from './compare-once.js';
import { injections } from './injections.js';
import { closing, heading, line } from './injections-table.js';
import { firedOncePerRequest, preemptedPer1000, trueEffect } from './truth.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(injections) },
    launches: { type: 'string' },
    repeat: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    kept: { type: 'boolean', default: false },
  },
});
const unknown = values.only.find((name) => injections[name] === undefined);
if (unknown !== undefined) {
  throw new Error(`--only: ${unknown} is none of ${Object.keys(injections).join(', ')}`);
}

const out = 'reports/injected-runs';
const startedAt = performance.now();
const found = [];
console.log(heading(process.argv.slice(2)));
for (let repeat = 0; repeat < Number(values.repeat); repeat += 1) {
  for (const name of values.only) {
    for (const result of await inject(name, Number(values.seed) + repeat)) {
      found.push(result);
      // As it is known: a campaign that is stopped leaves what it has.
      console.log(line(result));
    }
  }
}
console.log(closing(found, (performance.now() - startedAt) / 1000));

async function inject(name, seed) {
  const { cells, metric, spins, side, what, launches } = injections[name];
  const { baseline = 'clean', more = [] } = injections[name];
  const run = values.kept
    ? keptRun(name, seed, out)
    : await compareOnce(
        [
          ...['--matrix', 'bench/detector/injections.yaml'],
          ...['--baseline', baseline, '--candidate', name],
          ...Object.keys(cells).flatMap((cell) => ['--only', cell]),
          ...['--seed', `${seed}`, '--launches', values.launches ?? `${launches}`, ...more],
        ],
        out,
      );
  return run.report.cells.map((cell) => {
    const comparison = cell.metrics.find((candidate) => candidate.metric === metric);
    const truth = spins ? trueEffect(cell.id, metric, run) : null;
    return {
      ...{ name, what, side, seed, cell, comparison, truth, seconds: run.seconds },
      // Where nothing was injected, as under TLS only without TLS, a ratio has no meaning.
      ratio: truth ? ratioTo(truth, comparison.change) : null,
      clock: truth ? clockEffect(cell, side) : null,
      expected: cells[cell.id],
      once: firedOncePerRequest(cell.id, run),
      preempted: preemptedPer1000(cell.id, side, run),
    };
  });
}

/**
 * How much longer a request takes where the injected end is saturated in both arms: then time by the clock is CPU, and
 * owes nothing to the meters. It holds what the injection sets off beside its own work.
 */
function clockEffect({ bottleneck, metrics }, side) {
  const saturated = ({ baseline, candidate }) =>
    [baseline, candidate].every((end) => end === side || end === 'both');
  if (!saturated(bottleneck)) return null;
  const { baseline, candidate } = metrics.find(({ metric }) => metric === 'rps');
  return baseline / candidate - 1;
}

function ratioTo(truth, change) {
  if (change === null) return null;
  const { estimate, low, high } = change;
  return { estimate: estimate / truth, low: low / truth, high: high / truth };
}
