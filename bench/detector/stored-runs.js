/**
 * What stored A/A runs say beside the scores, by cell and metric: whether the copy of a runtime matters, the mean change with each
 * run weighted by its own variance, and what share of a run was measured.
 * `npm run build && node bench/detector/stored-runs.js RUN-FOLDER …`
 */
import { existsSync } from 'node:fs';
import { armTotals, metricOf } from '../../dist/analysis/arm-totals.js';
import { launchesOf } from '../../dist/analysis/launches.js';
import { moments } from '../../dist/stats/moments.js';
import { readJournal } from '../../dist/store/journal.js';
import { journalFile } from '../../dist/store/runs.js';

/** Of a normal statistic, two-sided 99 %. */
const z = 2.576;
const metrics = ['cpuPerRequest', 'targetCpuPerRequest', 'rps'];
const percent = (x) => (100 * x).toFixed(2);
const sum = (values) => values.reduce((a, b) => a + b, 0);

/** Cell and metric → the log ratios of each run, with whether the arms had changed copies. */
const found = new Map();
const shares = [];
for (const folder of process.argv.slice(2).filter((of) => existsSync(journalFile(of)))) {
  const { header, rows } = readJournal(journalFile(folder));
  for (const { id } of header.plan.cells) {
    const launches = launchesOf(id, rows);
    for (const metric of metrics) {
      const key = `${id} ${metric}`;
      const run = launches.map((launch) => {
        const of = (role) => metricOf(metric, armTotals(launch, role, new Set()));
        return { log: Math.log(of('candidate') / of('baseline')), swapped: launch.opened.swapped };
      });
      found.set(key, [...(found.get(key) ?? []), run]);
    }
  }
  const slices = rows.filter((row) => row.kind === 'slice' && row.worker === 0);
  const endedMs = Math.max(...rows.map((row) => (row.kind === 'finish' ? row.endedMs : 0)));
  shares.push(sum(slices.map(({ wallUs }) => wallUs / 1000)) / endedMs);
}

for (const [key, runs] of found) {
  const launches = runs.flat();
  const of = (swapped) => moments(launches.filter((l) => l.swapped === swapped).map((l) => l.log));
  const [straight, changed] = [of(false), of(true)];
  const error = Math.hypot(straight.sd / Math.sqrt(straight.n), changed.sd / Math.sqrt(changed.n));
  const each = runs.map((run) => moments(run.map(({ log }) => log)));
  const weights = each.map(({ sd, n }) => n / sd ** 2);
  const mean = sum(each.map((run, i) => run.mean * weights[i])) / sum(weights);
  console.log(
    `${key}: ${launches.length} launches of ${runs.length} runs; the copy ${percent((straight.mean - changed.mean) / 2)} ± ${percent((z * error) / 2)} %; weighted mean ${percent(mean)} ± ${percent(z / Math.sqrt(sum(weights)))} % (99 %)`,
  );
}
shares.sort((a, b) => a - b);
const at = (share) => percent(shares[Math.floor(share * (shares.length - 1))]);
console.log(`measured: ${at(0)} to ${at(1)} % of a run, median ${at(0.5)} %`);
