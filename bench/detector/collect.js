/**
 * From journals of A/A runs to the data that the rules are scored on: one line a launch, with the totals of
 * both arms in each block. `node bench/detector/collect.js reports/RUN … | gzip > bench/detector/aa.ndjson.gz`
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { launchesOf } from '../../dist/analysis/launches.js';
import { readJournal } from '../../dist/store/journal.js';

for (const folder of process.argv.slice(2)) {
  const file = path.join(folder, 'journal.ndjson');
  const { header, rows } = readJournal(file);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
  for (const { id: cell } of header.plan.cells) {
    for (const { opened, slices } of launchesOf(cell, rows)) {
      const line = {
        run: header.id,
        journal: digest,
        cell,
        launch: opened.launch,
        blocks: blocks(slices),
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  }
}

/** Per block `[requests, client CPU, target CPU, wall]` of each arm, times in µs. */
function blocks(slices) {
  const byBlock = [];
  for (const { block, role, requests, clientCpuUs, targetCpuUs, wallUs } of slices) {
    byBlock[block] ??= { baseline: [0, 0, 0, 0], candidate: [0, 0, 0, 0] };
    const sums = byBlock[block][role];
    [requests, clientCpuUs, targetCpuUs, Math.round(wallUs)].forEach((value, i) => {
      sums[i] += value;
    });
  }
  return byBlock.map(({ baseline, candidate }) => [baseline, candidate]);
}
