/**
 * Scores decision rules on A/A launches: how often each calls a change where there is none, and how often, and how soon, it
 * sees one that is multiplied into the candidate.
 * `npm run build && node bench/detector/score.js [--trials N] [--out FOLDER] DATA…`
 *
 * DATA are the files of collect.js and in-sequence.js, gzipped or not. Writes rules.md, index.html and data.json. The
 * same data give the same files, byte for byte.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readLines } from './data/launches.js';
import { renderPage } from './page/page.js';
import { renderTables } from './page/tables.js';
import { scoreComparisons } from './scores/comparisons.js';
import { described } from './scores/described.js';
import { orders } from './data/trials.js';
import { matrixAlarms } from './scores/matrix-alarms.js';
import { matrixChanges } from './scores/matrix-changes.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string', default: '2000' },
    out: { type: 'string', default: 'reports/examples/detector' },
  },
});
const { lines, sources } = readLines(positionals);
if (lines.length === 0) throw new Error('no data: name the files that collect.js wrote');
const options = {
  trials: Number(values.trials),
  progress: (what) => process.stderr.write(`${what}\n`),
};
const scores = {
  ...described(lines, sources, options),
  comparisons: scoreComparisons(lines, options),
  matrices: scoreMatrices(lines, options),
};

mkdirSync(values.out, { recursive: true });
const write = (file, text) => writeFileSync(path.join(values.out, file), text);
write('data.json', `${JSON.stringify(scores, (_, value) => rounded(value), 1)}\n`);
write('rules.md', renderTables(scores));
write('index.html', renderPage(scores));

/** Five digits: more than any figure here is known to. */
function rounded(value) {
  return typeof value === 'number' && Number.isFinite(value) ? Number(value.toPrecision(5)) : value;
}
