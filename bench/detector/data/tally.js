/** What a stored A/A matrix adds to the tally, and what the tally says about false alarms. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mostLikelyRate } from '../scores/proportion.js';

/** @returns {object[]} the lines of a tally; none where there is no such file. A line cut short is left out. */
export function readTally(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

/** One line of the tally from the report of the process `pid`; without verdicts where it left none. */
export function tallied({ out, pid, seed, exitCode, seconds }) {
  const ends = `-${pid.toString(36)}`;
  const id = readdirSync(out)
    .filter((name) => name.endsWith(ends))
    .sort()
    .at(-1);
  const line = { id: id ?? null, seed, exitCode, seconds: Math.round(seconds) };
  const file = path.join(out, id ?? '', 'report.json');
  if (id === undefined || !existsSync(file)) return { ...line, outcome: null };
  return { ...line, ...judgement(JSON.parse(readFileSync(file, 'utf8'))) };
}

/** What a line has of a report. */
export function judgement({ outcome, state, cells }) {
  const gating = cells.flatMap(({ metrics }) => metrics.filter((metric) => metric.gating));
  return {
    outcome: state === 'complete' ? outcome : state,
    launches: cells.map(({ launches }) => launches),
    cells: counted(cells),
    comparisons: counted(gating),
  };
}

function counted(judged) {
  const counts = {};
  for (const { verdict } of judged) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

/** Matrices that came to a judgement: an interrupted or invalid one could not have raised an alarm. */
const judged = ['pass', 'regression', 'insensitive'];

/** Matrices that were judged, false regressions among them, and the exact one-sided 95 % bound on their rate. */
export function countOf(lines) {
  const counting = lines.filter(({ outcome }) => judged.includes(outcome));
  const alarms = counting.filter(({ outcome }) => outcome === 'regression').length;
  return {
    alarms,
    matrices: counting.length,
    notJudged: lines.length - counting.length,
    atMost: counting.length === 0 ? 1 : mostLikelyRate(alarms, counting.length),
  };
}

/** @returns {string} the running count in words. */
export function falseAlarms(lines) {
  const { alarms, matrices, notJudged, atMost } = countOf(lines);
  const bound = `, at most ${(100 * atMost).toPrecision(2)} % of them (95 %, one-sided)`;
  const left = notJudged === 0 ? '' : `; ${notJudged} not judged`;
  return `${alarms} false regressions in ${matrices} matrices${matrices === 0 ? '' : bound}${left}`;
}
