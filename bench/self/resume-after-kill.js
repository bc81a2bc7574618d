/**
 * Kills a run with SIGKILL at random moments and resumes it, each time in a folder of its own: is its schedule that of a run
 * that was never killed, and does its journal give its report again, byte for byte?
 * `npm run build && node bench/self/resume-after-kill.js [--times 20] [--seed 1]`
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { randomFrom } from '../../dist/stats/random.js';
import { readJournal } from '../../dist/store/journal.js';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const matrix = `
axes:
  version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } }
  reuse: { keep-alive: { connection: { reuse: keep-alive } }, close: { connection: { reuse: close } } }
measure: { sliceTime: 300ms, warmup: 100ms }
`;
const compare = [
  ...['compare', '--baseline', 'a', '--candidate', 'b', '--fail-on', 'never', '--quiet'],
  ...['--launches', '4', '--seed', '7'],
];
/** Of the order in a launch, as much as each launch has room for. */
const comparedSlices = 8;

const folders = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-resume-'));
  writeFileSync(path.join(folder, 'bench.matrix.yaml'), matrix);
  folders.push(folder);
  return folder;
}

function bench(args, cwd) {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`bench ${args.join(' ')} in ${cwd}: ${status} ${stderr}`);
}

const fileOf = (folder, name) => {
  const [run] = existsSync(path.join(folder, 'reports'))
    ? readdirSync(path.join(folder, 'reports'))
    : [];
  return path.join(folder, 'reports', run ?? 'none', name);
};
const rowsOf = (folder) => readJournal(fileOf(folder, 'journal.ndjson')).rows;

function scheduleOf(folder) {
  const rows = rowsOf(folder);
  return rows.flatMap((finish) => {
    if (finish.kind !== 'finish') return [];
    const of = rows.filter(({ launch }) => launch === finish.launch);
    const { cell, round, attempt, startOrder, swapped } = of.find(({ kind }) => kind === 'launch');
    const order = of.filter(({ kind }) => kind === 'slice').map(({ role }) => role);
    return [{ cell, round, attempt, startOrder, swapped, order: order.slice(0, comparedSlices) }];
  });
}

const reportsOf = (folder) =>
  ['report.json', 'report.html'].map((name) => readFileSync(fileOf(folder, name), 'utf8'));

/** @returns what the journal held when the run was killed. */
async function killedAt(ms, folder) {
  const run = spawn(process.execPath, [cli, ...compare], { cwd: folder, stdio: 'ignore' });
  const ended = once(run, 'close');
  while (!existsSync(fileOf(folder, 'journal.ndjson')) && run.exitCode === null) await wait(5);
  await wait(ms);
  run.kill('SIGKILL');
  await ended;
  return rowsOf(folder);
}

const whole = freshFolder();
bench(compare, whole);
const wanted = scheduleOf(whole);
const lastMs = rowsOf(whole).findLast(({ kind }) => kind === 'finish').endedMs;
console.log(`a run that is not killed: ${wanted.length} launches in ${lastMs} ms`);

const random = randomFrom('resume-after-kill', Number(values.seed));
const tally = { killed: 0, 'cut off': 0, 'same schedule': 0, 'same bytes': 0 };
while (tally.killed < Number(values.times)) {
  const folder = freshFolder();
  const ms = Math.floor(random() * lastMs);
  const before = await killedAt(ms, folder);
  // A run that was quicker than this one had its end already.
  if (before.some(({ kind }) => kind === 'end')) continue;
  const done = before.filter(({ kind }) => kind === 'finish').length;
  const isCutOff = !['header', 'finish'].includes(before.at(-1).kind);
  bench(['compare', '--resume', 'latest', '--quiet'], folder);
  const isSame = isDeepStrictEqual(scheduleOf(folder), wanted);
  const written = reportsOf(folder);
  bench(['report', 'latest'], folder);
  const replays = isDeepStrictEqual(reportsOf(folder), written);
  tally.killed += 1;
  tally['cut off'] += Number(isCutOff);
  tally['same schedule'] += Number(isSame);
  tally['same bytes'] += Number(replays);
  console.log(
    `killed after ${ms} ms, ${done} launches${isCutOff ? ' and a part' : ''}: schedule ${isSame ? 'the same' : 'ANOTHER'}, report ${replays ? 'the same' : 'ANOTHER'}`,
  );
}
console.log(
  Object.entries(tally)
    .map(([what, times]) => `${times} ${what}`)
    .join(', '),
);
process.exitCode =
  tally['same schedule'] === tally.killed && tally['same bytes'] === tally.killed ? 0 : 1;
