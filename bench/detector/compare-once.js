/** One `compare` by the built command, as a user would run it, and what it left behind. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJournal } from '../../dist/store/journal.js';

/** Paths in injections.yaml are relative to it, and processes inherit it as their working folder. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const counts = 'reports/injected';

/**
 * @param {readonly string[]} args beside those that every run has
 * @param {string} out folder for the run
 */
export async function compareOnce(args, out) {
  const startedAt = Date.now();
  const fixed = ['--no-profile', '--fail-on', 'never', '--format', 'json', '--quiet', '--out', out];
  const printed = await finished(['dist/cli.js', 'compare', ...args, ...fixed]);
  const seconds = (Date.now() - startedAt) / 1000;
  // The page on stdout ends with the files that were written.
  const file = printed.match(/\S+report\.json/)?.[0];
  if (file === undefined) throw new Error(`no report.json in:\n${printed}`);
  return { ...runIn(path.dirname(path.resolve(root, file))), startedAt, seconds };
}

/**
 * The newest finished run of a candidate in `out`, as it is kept. Its seconds are those of its measuring.
 * @throws where there is none
 */
export function keptRun(candidate, seed, out) {
  const folder = path.join(root, out);
  const runs = readdirSync(folder)
    .sort()
    .reverse()
    .flatMap((id) =>
      existsSync(path.join(folder, id, 'report.json')) ? [runIn(path.join(folder, id))] : [],
    );
  const run = runs.find(
    ({ report }) => report.candidate.name === candidate && report.seed === seed,
  );
  if (run === undefined) throw new Error(`no run of ${candidate} with seed ${seed} in ${out}`);
  const ended = Math.max(...run.rows.map((row) => row.endedMs ?? 0));
  return { ...run, seconds: ended / 1000 };
}

function runIn(folder) {
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
  const { header, rows } = readJournal(path.join(folder, 'journal.ndjson'));
  return { report, header, rows, countedBy: countedBy(report.id) };
}

/** What the preload of a process wrote (inject/counted.cjs). */
const countedBy = (run) => (pid) =>
  JSON.parse(readFileSync(path.join(root, counts, run, `${pid}.json`), 'utf8'));

function finished(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    printed += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // 3: a broken contract, which some injections are there for.
    child.on('close', (code) =>
      code === 0 || code === 3
        ? resolve(printed)
        : reject(new Error(`bench ${args.join(' ')} ended with ${code}:\n${printed}`)),
    );
  });
}
