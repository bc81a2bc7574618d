/**
 * Tallies A/A runs that are stored, whoever started them: those below FOLDER in which both arms were the same version. Lines that
 * TALLY does not have yet are added to it. `npm run build && node bench/detector/tally-stored.js TALLY FOLDER…`
 */
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { falseAlarms, judgement, readTally } from './data/tally.js';

const [tally, ...folders] = process.argv.slice(2);
if (folders.length === 0) throw new RangeError('needs a tally and folders of runs');
const lines = readTally(tally);
const known = new Set(lines.map(({ id }) => id));

const reportsIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => path.basename(name) === 'report.json')
    .map((name) => path.join(folder, name));

for (const file of folders.flatMap(reportsIn)) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const isTwin = report.baseline?.name === report.candidate?.name;
  if (!isTwin || report.state !== 'complete' || known.has(report.id)) continue;
  known.add(report.id);
  const { id, seed, exitCode } = report;
  const line = { id, seed, exitCode, ...judgement(report) };
  appendFileSync(tally, `${JSON.stringify(line)}\n`);
  lines.push(line);
}
process.stdout.write(`${falseAlarms(lines)}\n`);
