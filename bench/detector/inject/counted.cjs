/**
 * What a preload did in this process, written when the measuring is over: the parent says `finish` to workers and
 * target after the last slice, and kills them later, so writing costs no measured request anything. The
 * file is INJECT_LOG/<run>/<pid>.json; without INJECT_LOG nothing is written. All of inject/ must run on Node 16.
 */
const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

exports.counted = {
  /** Requests that passed, in the target answers. */
  requests: 0,
  /** Of those, how many the injection touched. */
  injected: 0,
  /** The injection touches one request in so many. */
  every: 1,
};

/** Told to add what it knows before the file is written. */
const reporters = [];
exports.beforeWriting = (report) => reporters.push(report);

const { INJECT_LOG: log, BENCH_RUN: run = 'run' } = process.env;
if (log !== undefined && process.send !== undefined) {
  process.on('message', ({ kind }) => {
    if (kind !== 'finish') return;
    const folder = path.join(log, run);
    mkdirSync(folder, { recursive: true });
    // How often another process took the core: on a quiet machine hardly ever.
    exports.counted.preempted = process.resourceUsage().involuntaryContextSwitches;
    for (const report of reporters) report(exports.counted);
    writeFileSync(path.join(folder, `${process.pid}.json`), JSON.stringify(exports.counted));
  });
}
