/**
 * Does a comparison of two commits see a slowdown of 5 %? Makes a repository of two commits, of which the second hashes 5 %
 * more for each request, and compares them in both directions. `npm run build && node bench/self/planted-git.js`, with
 * options of `compare` behind it, such as `--budget 5m`, and `--keep` for the folder. Exit 0 where HEAD~1 against HEAD is a
 * regression (exit code 1) and HEAD against HEAD~1 an improvement (exit code 0). It takes about six minutes, and wants a
 * machine on which nothing else runs.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const keep = process.argv.includes('--keep');
const options = process.argv.slice(2).filter((option) => option !== '--keep');

/** About 2 ms of hashing, beside which what Node does for a request hardly counts. */
const rounds = 2_000;
const planted = 0.05;

const server = (times) => `import { createHash } from 'node:crypto';
import http from 'node:http';

function work() {
  let digest = 'hello';
  for (let round = 0; round < ${times}; round += 1)
    digest = createHash('sha1').update(digest).digest('hex');
  return digest.length;
}

http
  .createServer((_request, response) => response.end(\`hello \${work()}\\n\`))
  .listen(Number(process.env.PORT), '127.0.0.1');
`;

const matrix = `target: { start: node server.mjs, setup: node --check server.mjs }
gate: { margins: { targetCpuPerRequest: 2%, rps: 3% } }
measure: { budget: 3m }
`;

const folder = mkdtempSync(path.join(tmpdir(), 'bench-planted-'));
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], {
    cwd: folder,
    stdio: 'pipe',
  });
const commit = (files, message) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  git('add', '--all');
  git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', message);
};

git('init', '--quiet');
const rest = { 'bench.matrix.yaml': matrix, '.gitignore': 'there\nback\n' };
commit({ 'server.mjs': server(rounds), ...rest }, 'A server');
commit({ 'server.mjs': server(rounds * (1 + planted)) }, 'A slower server');

/** What the gate said, and the change that it saw. */
function compare(baseline, candidate, out) {
  const arms = ['--baseline', baseline, '--candidate', candidate];
  const args = ['compare', ...arms, '--out', out, ...options];
  const { status } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, stdio: 'inherit' });
  const [run] = readdirSync(path.join(folder, out));
  const report = JSON.parse(readFileSync(path.join(folder, out, run, 'report.json'), 'utf8'));
  const { verdict, change } = report.cells[0].metrics.find(
    ({ metric }) => metric === 'targetCpuPerRequest',
  );
  return { status, verdict, change: `${(change.estimate * 100).toFixed(2)} %` };
}

const there = compare('git:HEAD~1', 'git:HEAD', 'there');
const back = compare('git:HEAD', 'git:HEAD~1', 'back');
console.table({ 'HEAD~1 against HEAD': there, 'HEAD against HEAD~1': back });
if (keep) console.log(`kept in ${folder}`);
else rmSync(folder, { recursive: true });
const asPlanted =
  there.status === 1 &&
  there.verdict === 'regression' &&
  back.status === 0 &&
  back.verdict === 'improvement';
process.exitCode = asPlanted ? 0 : 1;
