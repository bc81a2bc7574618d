/**
 * Runs the injections of injections.yaml through the built command, and sets what is reported against what was
 * injected. A quarter of an hour:
 * `npm run build && node bench/detector/inject.js > reports/examples/detector/injections.md`
 *
 * --only NAME (repeatable), --launches N for each, --repeat K times with other seeds, --seed N of the first.
 */
import { parseArgs } from 'node:util';
import { compareOnce } from './compare-once.js';
import { injections } from './injections.js';
import { heading, line } from './injections-table.js';
import { firedOncePerRequest, trueEffect } from './truth.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: Object.keys(injections) },
    launches: { type: 'string' },
    repeat: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const unknown = values.only.find((name) => injections[name] === undefined);
if (unknown !== undefined) {
  const known = Object.keys(injections).join(', ');
  throw new Error(`--only: ${unknown} is none of ${known}`);
}

console.log(heading());
for (let repeat = 0; repeat < Number(values.repeat); repeat += 1) {
  for (const name of values.only) await inject(name, Number(values.seed) + repeat);
}

async function inject(name, seed) {
  const { cells, truth, args, ...about } = injections[name];
  // Of an option that is given twice the last would count, and of --only both.
  const launches =
    values.launches === undefined ? args : ['--launches', values.launches, ...args.slice(2)];
  const run = await compareOnce(
    [
      ...['--matrix', 'bench/detector/injections.yaml', '--baseline', 'clean', '--candidate', name],
      ...Object.keys(cells).flatMap((cell) => ['--only', cell]),
      ...['--seed', `${seed}`, ...launches],
    ],
    'reports/injected-runs',
  );
  for (const cell of run.report.cells) {
    const metric = truth ?? about.shown;
    console.log(
      line({
        ...{ name, seed, cell, side: about.side, seconds: run.seconds },
        expected: cells[cell.id],
        comparison: cell.metrics.find((found) => found.metric === metric),
        truth: truth === null ? null : trueEffect(cell.id, truth, run),
        once: firedOncePerRequest(cell.id, run),
      }),
    );
  }
}
