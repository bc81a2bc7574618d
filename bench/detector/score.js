/**
 * Scores decision rules on real A/A launches: how often each calls a change where there is none, and how
 * often it sees one that is multiplied into the candidate.
 * `npm run build && node bench/detector/score.js bench/detector/aa.ndjson.gz [cell]`
 *
 * A trial draws one run and 16 of its launches in their order, starting anywhere and going round, and lets a coin decide
 * for each launch which arm is the candidate: a bias of one arm would show in the mean change, which is printed
 * apart. Trials share launches, so what the table can tell apart is limited by the number of launches, which
 * is printed too.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { meanInterval } from '../../dist/stats/interval.js';
import { coin, randomFrom } from '../../dist/stats/random.js';
import { interval, ours, rules } from './rules.js';

const trials = 2_000;
const perTrial = 16;
const effects = [0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1];
/** Cost and work of a block `[requests, client CPU, target CPU, wall]`. */
const metrics = {
  'client CPU per request': ([requests, cpu]) => ({ cost: cpu, work: requests }),
  'target CPU per request': ([requests, , cpu]) => ({ cost: cpu, work: requests }),
  'time per request (1 ÷ RPS)': ([requests, , , wall]) => ({ cost: wall, work: requests }),
};

const [file = 'bench/detector/aa.ndjson.gz', wanted] = process.argv.slice(2);
const lines = gunzipSync(readFileSync(file))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const cells = [...new Set(lines.map(({ cell }) => cell))].filter(
  (cell) => !wanted || cell === wanted,
);
const percent = (share) => `${(share * 100).toFixed(1)}`;

for (const cell of cells) {
  const runs = grouped(cell);
  const all = [...runs.values()].flat();
  console.log(`\n## ${cell}: ${runs.size} runs, ${all.length} launches, ${trials} trials\n`);
  for (const [metric, of] of Object.entries(metrics)) {
    const launches = [...runs.values()].map((run) =>
      run.map(({ blocks }) => ({ a: blocks.map(([a]) => of(a)), b: blocks.map(([, b]) => of(b)) })),
    );
    table(metric, launches);
  }
}

function grouped(cell) {
  const runs = new Map();
  for (const line of lines) {
    if (line.cell === cell) runs.set(line.run, [...(runs.get(line.run) ?? []), line]);
  }
  return runs;
}

function table(metric, runs) {
  const total = (blocks) =>
    blocks.reduce((s, x) => s + x.cost, 0) / blocks.reduce((s, x) => s + x.work, 0);
  const changes = runs.flat().map(({ a, b }) => Math.log(total(b) / total(a)));
  const { mean, low, high, sd } = meanInterval(changes, 0.99);
  console.log(`### ${metric}\n`);
  console.log(
    `Mean A/A change ${percent(mean)} % (99 %: ${(low * 100).toFixed(2)} … ${(high * 100).toFixed(2)}), sd of a launch ${(sd * 100).toFixed(2)} %.\n`,
  );
  console.log(
    `| rule | A/A alarms | ${effects
      .slice(1)
      .map((e) => `+${percent(e)} %`)
      .join(' | ')} |`,
  );
  console.log(
    `|---|---|${effects
      .slice(1)
      .map(() => '---')
      .join('|')}|`,
  );
  for (const [name, rule] of Object.entries(rules)) {
    const shares = effects.map((effect) => {
      const random = randomFrom('score', metric, effect);
      let hits = 0;
      for (let i = 0; i < trials; i += 1) {
        const call = rule(drawn(runs, random, effect));
        if (effect === 0 ? call !== null : call === 'worse') hits += 1;
      }
      return hits / trials;
    });
    console.log(`| ${name} | ${shares.map(percent).join(' | ')} |`);
  }
  const random = randomFrom('cover', metric);
  let held = 0;
  let needed = 0;
  for (let i = 0; i < trials; i += 1) {
    const launches = drawn(runs, random, 0.05);
    if (interval(launches, Math.log(1.05)).holds) held += 1;
    needed += ours(launches).launches;
  }
  console.log(
    `\nFixed 95 % intervals that hold a true +5 %: ${percent(held / trials)} %. Launches until it is called: ${(needed / trials).toFixed(1)} on average.\n`,
  );
}

function drawn(runs, random, effect) {
  const run = runs[Math.floor(random() * runs.length)];
  const from = Math.floor(random() * run.length);
  return Array.from({ length: perTrial }, (_, i) => {
    const { a, b } = run[(from + i) % run.length];
    const [baseline, candidate] = coin(random) ? [a, b] : [b, a];
    return {
      a: baseline,
      b: candidate.map(({ cost, work }) => ({ cost: cost * (1 + effect), work })),
    };
  });
}
