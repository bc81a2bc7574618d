/**
 * Scores decision rules on A/A launches: how often each calls a change where there is none, and how often, and how soon, it
 * sees one that is multiplied into the candidate.
 * `npm run build && node bench/detector/score.js [--trials N] [--tally FILE] [--out FOLDER] [DATA…]`
 *
 * DATA are files of collect.js and in-sequence.js, gzipped or not, and the tally is that of accumulate.js; by default those
 * that are kept beside this script. Writes rules.md,
 * index.html and data.json: the same data give the same files, byte for byte.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readLines } from './data/launches.js';
import { countOf, readTally } from './data/tally.js';
import { orders } from './data/trials.js';
import { renderPage } from './page/page.js';
import { renderTables } from './page/tables.js';
import { scoreComparisons } from './scores/comparisons.js';
import { described } from './scores/described.js';
import { matrixAlarms } from './scores/matrix-alarms.js';
import { matrixChanges } from './scores/matrix-changes.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string', default: '1000' },
    tally: { type: 'string' },
    out: { type: 'string', default: 'reports/examples/detector' },
  },
});
const trials = Number(values.trials);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const kept = ['aa.ndjson.gz', 'in-sequence.ndjson.gz'].map(here).filter((file) => existsSync(file));
const { lines, sources } = readLines(positionals.length === 0 ? kept : positionals);
if (lines.length === 0) throw new Error('no data: name the files that collect.js wrote');
const tally = readTally(values.tally ?? here('tally.ndjson'));
const progress = (what) => process.stderr.write(`${what}\n`);

const comparisons = scoreComparisons(lines, { trials, progress });
progress('matrices');
const scores = {
  ...described(lines, sources, trials),
  tally: tally.length === 0 ? null : countOf(tally),
  matrices: {
    alarms: orders.flatMap((order) => matrixAlarms(lines, order, trials)),
    changes: matrixChanges(lines, trials),
  },
  comparisons,
};

mkdirSync(values.out, { recursive: true });
const write = (file, text) => writeFileSync(path.join(values.out, file), text);
write('data.json', `${JSON.stringify(scores, rounded)}\n`);
write('rules.md', renderTables(scores));
write('index.html', renderPage(scores));

/** Four digits: more than any figure here is known to. What lies beyond all that was tried has no number. */
function rounded(_, value) {
  if (value === Number.POSITIVE_INFINITY) return 'beyond';
  return typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(4)) : value;
}
