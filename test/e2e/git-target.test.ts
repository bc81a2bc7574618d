import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { bench, freshFolder, markedProcesses, reportOf, startBench } from '../support/bench.ts';
import { serverThatBurns } from '../support/burn.ts';
import { commit, freshRepository, git, write } from '../support/repository.ts';
import { until } from '../support/until.ts';

const matrix = (target: string, more = ''): string => `
target: { start: node server.mjs${target} }
gate: { sensitivity: 1000% }
measure: { launches: 5, sliceTime: 800ms, warmup: 300ms }
${more}`;
const setup = "setup: 'git describe --tags && pwd && touch made'";

/** A server in a folder of its repository, at two commits of which the second burns four times as much. */
function demo(text: string): { readonly root: string; readonly folder: string } {
  const root = freshRepository({
    '.gitignore': 'reports\nmade\n',
    'api/server.mjs': serverThatBurns(1000),
    'api/bench.matrix.yaml': text,
  });
  git(root, 'tag', 'v1');
  commit(root, { 'api/server.mjs': serverThatBurns(4000) });
  return { root, folder: path.join(root, 'api') };
}

const compare = async (folder: string, baseline: string, candidate: string, ...more: string[]) => {
  const cache = freshFolder();
  const args = [
    'compare',
    '--no-profile',
    '--baseline',
    baseline,
    '--candidate',
    candidate,
    '--quiet',
    ...more,
  ];
  const { code, stderr } = await bench(args, folder, { BENCH_CACHE: cache });
  const made = path.join(cache, 'targets');
  return { code, stderr, left: existsSync(made) ? readdirSync(made) : [] };
};
const briefly = ['--launches', '2', '--fail-on', 'never', '--set', 'measure.sliceTime=300ms'];

const runsIn = (folder: string): string[] => {
  const runs = path.join(folder, 'reports');
  return existsSync(runs) ? readdirSync(runs).map((run) => path.join(runs, run)) : [];
};

describe('a server at two commits', () => {
  it.each([
    ['git:HEAD~1', 'git:HEAD', 1, 'regression'],
    ['git:main', 'git:v1', 0, 'improvement'],
  ])('%s against %s: exit code %i, %s', async (baseline, candidate, exitCode, verdict) => {
    const { root, folder } = demo(matrix(`, ${setup}`));
    const before = readdirSync(path.join(root, '.git'), { recursive: true }).sort();
    expect(await compare(folder, baseline, candidate)).toEqual({
      ...{ code: exitCode, stderr: '', left: [] },
    });
    const report = reportOf(folder);
    expect(report.compare).toMatchObject({ side: 'target' });
    expect(report.cells[0]?.verdict).toBe(verdict);
    const commits = [baseline, candidate].map((ref) =>
      git(root, 'rev-parse', `${ref.replace('git:', '')}^{commit}`),
    );
    expect(report.differences.map(({ key }) => key)).toEqual(['target commit', 'target tree']);
    expect(report.differences[0]).toMatchObject({ baseline: commits[0], candidate: commits[1] });
    const [run = ''] = runsIn(folder);
    const logs = ['baseline', 'candidate'].map((role) =>
      readFileSync(path.join(run, `setup-${role}.log`), 'utf8').split('\n'),
    );
    expect(logs.map(([described]) => described).sort()).toEqual([
      'v1',
      `v1-1-g${git(root, 'rev-parse', '--short', 'HEAD')}`,
    ]);
    // Arms lie at paths of one length.
    expect(logs[0]?.[1]).not.toBe(logs[1]?.[1]);
    expect(logs[0]?.[1]?.length).toBe(logs[1]?.[1]?.length);
    expect(git(root, 'status', '--porcelain')).toBe('');
    expect(existsSync(path.join(folder, 'made'))).toBe(false);
    expect(readdirSync(path.join(root, '.git'), { recursive: true }).sort()).toEqual(before);
  });

  it('and as it lies there: what is not committed is measured by git:WORKTREE, and said of git:HEAD', async () => {
    const { root, folder } = demo(matrix(''));
    write(root, { 'api/server.mjs': "import './new.mjs';", 'api/new.mjs': serverThatBurns(100) });
    const { code, left } = await compare(folder, 'git:HEAD', 'git:WORKTREE', ...briefly);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    const report = reportOf(folder);
    const head = git(root, 'rev-parse', 'HEAD');
    expect(report.candidate.fingerprint['target commit']).toBe(`${head} with uncommitted changes`);
    expect(report.warnings.map(({ code: of }) => of)).toContain('uncommitted-changes');
    expect(report.warnings.map(({ message }) => message)).toContain(
      '1 file has changes that are not committed, and so are not in git:HEAD.',
    );
    const cpu = report.cells[0]?.metrics.find(({ metric }) => metric === 'targetCpuPerRequest');
    expect(cpu?.baseline ?? 0).toBeGreaterThan(3_900);
    expect(cpu?.candidate ?? 4_000).toBeLessThan(2_000);
  });

  it('without the runs that were stored beside it', async () => {
    const { root, folder } = demo(matrix(''));
    commit(root, { '.gitignore': '' });
    const args = ['git:WORKTREE', 'git:WORKTREE', ...briefly] as const;
    for (const _ of [1, 2])
      expect(await compare(folder, ...args)).toMatchObject({ code: 0, left: [] });
    const trees = runsIn(folder).map((run) => {
      const text = readFileSync(path.join(run, 'report.json'), 'utf8');
      return (JSON.parse(text) as Report).baseline.fingerprint['target tree'];
    });
    const tree = git(root, 'rev-parse', 'HEAD^{tree}');
    expect(trees).toEqual([tree, tree]);
  });

  it('or one commit twice: from two copies, and nothing differs', async () => {
    const { folder } = demo(matrix(`, ${setup}`));
    const { code, left } = await compare(folder, 'git:v1', 'git:v1', ...briefly);
    expect({ code, left }).toEqual({ code: 0, left: [] });
    expect(reportOf(folder).differences).toEqual([]);
    const [run = ''] = runsIn(folder);
    const [one, other] = ['baseline', 'candidate'].map((role) =>
      readFileSync(path.join(run, `setup-${role}.log`), 'utf8'),
    );
    expect(one).not.toBe(other);
  });

  it.each([
    ['git:nope', /^bench: git:nope \(candidate\): \S+ has no such commit\. [^\n]+\n$/],
    ['git:v2', /^bench: git:v2 \(candidate\): \S+ has no such commit\. Did you mean git:v1\?\n$/],
  ])('%s is refused in one line, before anything is set up', async (candidate, line) => {
    const { folder } = demo(matrix(`, ${setup}`));
    const { code, stderr, left } = await compare(folder, 'git:HEAD', candidate);
    expect({ code, left }).toEqual({ code: 2, left: [] });
    expect(stderr).toMatch(line);
    expect(runsIn(folder)).toEqual([]);
  });

  it('needs a repository, and a folder that its commit has', async () => {
    const bare = freshFolder();
    write(bare, { 'bench.matrix.yaml': matrix('') });
    const outside = await compare(bare, 'git:main', 'git:HEAD');
    expect(outside).toMatchObject({ code: 2, left: [] });
    expect(outside.stderr).toMatch(
      /^[^\n]+ lies in no working copy of a git repository\. [^\n]+\n$/,
    );
    const { root } = demo(matrix(''));
    write(root, { 'new/bench.matrix.yaml': matrix('') });
    const newer = await compare(path.join(root, 'new'), 'git:v1', 'git:WORKTREE');
    expect(newer).toMatchObject({ code: 2, left: [] });
    expect(newer.stderr).toMatch(
      /^[^\n]+ it has no folder new\/, in which the server lies today\. [^\n]+\n$/,
    );
  });
});

describe('a setup', () => {
  it('that fails is one line with the end of its log, and nothing is left', async () => {
    const { folder } = demo(matrix(", setup: 'echo first; echo the disk is full >&2; exit 7'"));
    const { code, stderr, left } = await compare(folder, 'git:v1', 'git:HEAD');
    expect({ code, left }).toEqual({ code: 3, left: [] });
    const [run = ''] = runsIn(folder);
    const log = path.join(run, 'setup-baseline.log');
    expect(stderr).toBe(
      `bench: target.setup of baseline, \`echo first; echo the disk is full >&2; exit 7\`, exited with code 7. Its log ends: first / the disk is full. The whole is in ${log}. Make it run in a fresh copy of the files.\n`,
    );
    expect(readFileSync(log, 'utf8')).toBe('first\nthe disk is full\n');
    const listed = await bench(['list'], folder);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toContain('runs in reports:\n  none');
  });

  it('without a version runs once, where the server lies', async () => {
    const { folder } = demo(
      matrix(", setup: 'echo set up >> made'", 'axes: { version: { a: {}, b: {} } }'),
    );
    expect((await compare(folder, 'a', 'b', ...briefly)).code).toBe(0);
    expect(readFileSync(path.join(folder, 'made'), 'utf8')).toBe('set up\n');
  });

  it('without a version is refused where the arms would be set up differently', async () => {
    const axes = 'axes: { version: { a: {}, b: { target: { setup: echo other } } } }';
    const { folder } = demo(matrix(', setup: echo one', axes));
    const { code, stderr } = await compare(folder, 'a', 'b', ...briefly);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^[^\n]+write target\.version: git:WORKTREE\.\n$/);
  });

  it('dies with bench, and the next run removes what it has left', async () => {
    const { folder } = demo(matrix(", setup: 'echo started; sleep 1000 & sleep 1000'"));
    const cache = freshFolder();
    const args = ['compare', '--baseline', 'git:v1', '--candidate', 'git:HEAD'];
    const logged = (): boolean =>
      runsIn(folder).some((run) => {
        const log = path.join(run, 'setup-baseline.log');
        return existsSync(log) && readFileSync(log, 'utf8').includes('started');
      });
    const killed = startBench(args, folder, { BENCH_CACHE: cache });
    await until(logged);
    const [run = ''] = runsIn(folder);
    // What it says comes before what it starts.
    const sleeping = () => markedProcesses(path.basename(run)).length > 1;
    await until(sleeping);
    expect(sleeping()).toBe(true);
    killed.process.kill('SIGKILL');
    await killed.finished;
    await until(() => markedProcesses(path.basename(run)).length === 0, 5_000);
    expect(markedProcesses(path.basename(run))).toEqual([]);
    const left = path.join(cache, 'targets');
    const [stale] = readdirSync(left);
    expect(stale).toBeDefined();

    const next = startBench(
      ['compare', '--baseline', 'git:v1', '--candidate', 'git:HEAD', '--out', 'other'],
      folder,
      { BENCH_CACHE: cache },
    );
    const other = path.join(folder, 'other');
    await until(() => existsSync(other) && readdirSync(other).length > 0);
    expect(readdirSync(left)).not.toContain(stale);
    next.process.kill('SIGINT');
    const { code, stderr } = await next.finished;
    expect(code).toBe(130);
    expect(stderr).toContain('interrupted before anything ran');
    expect(readdirSync(left)).toEqual([]);
  });
});

describe('the Node of a server', () => {
  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'comes first on the PATH of its setup and its start',
    async () => {
      const { folder } = demo(
        matrix(", setup: 'node --version > made', env: { BURN_US: '0' }, version: git:HEAD"),
      );
      const args = ['--baseline', 'node@16.20.2', '--candidate', 'node@20.20.2', '--quiet'];
      const { code, stderr } = await bench(['compare', ...args, ...briefly], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { baseline, candidate, compare: compared, differences } = reportOf(folder);
      expect(compared.side).toBe('target');
      expect(baseline.fingerprint).toMatchObject({
        'target node': '16.20.2',
        node: process.versions.node,
      });
      expect(candidate.fingerprint).toMatchObject({ 'target node': '20.20.2' });
      expect(differences.map(({ key }) => key)).toEqual([
        ...['target node', 'target openssl', 'target v8', 'target source'],
      ]);
    },
  );
});
