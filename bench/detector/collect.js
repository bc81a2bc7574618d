/**
 * From journals of A/A runs to the data that the rules are scored on, a line a launch (line.js says what is in it):
 * `node bench/detector/collect.js [--sliced N] RUN-FOLDER … | gzip -9 > bench/detector/aa.ndjson.gz`
 *
 * `--sliced N` keeps the slices of N runs only, drawn by a seeded generator, and of the others the totals.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { launchesOf } from '../../dist/analysis/launches.js';
import { randomFrom, shuffled } from '../../dist/stats/random.js';
import { readJournal } from '../../dist/store/journal.js';
import { journalFile } from '../../dist/store/runs.js';
import { lineOf } from './data/line.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sliced: { type: 'string', default: 'Infinity' } },
});
// A folder of runs holds other files too, such as the tally.
const folders = [...new Set(positionals)].filter((of) => existsSync(journalFile(of))).sort();
const sliced = new Set(shuffled(folders, randomFrom('sliced')).slice(0, Number(values.sliced)));

for (const folder of folders) {
  const file = journalFile(folder);
  const { header, rows } = readJournal(file);
  const { baseline, candidates } = header.plan.compare;
  if (candidates.some((name) => name !== baseline)) {
    throw new Error(`${folder} compares two versions; only A/A runs have a known truth`);
  }
  const journal = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
  for (const { id: cell } of header.plan.cells) {
    for (const { opened, slices, finish } of launchesOf(cell, rows)) {
      const { launch, round, startedMs } = opened;
      const about = { run: header.id, journal, cell, launch, round, order: 'interleaved' };
      const times = { startedMs, endedMs: finish.endedMs };
      const line = lineOf({ ...about, ...times }, overWorkers(slices), sliced.has(folder));
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  }
}

/** A slice of several workers as if it were one: their rates n ÷ t add up, so the time is Σn ÷ Σ(n ÷ t). */
function overWorkers(rows) {
  const slices = new Map();
  for (const row of rows) {
    const place = `${row.block} ${row.position}`;
    slices.set(place, [...(slices.get(place) ?? []), row]);
  }
  return [...slices.values()].map((workers) => {
    const sum = (of) => workers.reduce((total, row) => total + of(row), 0);
    const requests = sum((row) => row.requests);
    return {
      role: workers[0].role,
      requests,
      clientCpuUs: sum((row) => row.clientCpuUs),
      targetCpuUs: sum((row) => row.targetCpuUs ?? 0),
      wallUs: requests / sum((row) => row.requests / row.wallUs),
    };
  });
}
