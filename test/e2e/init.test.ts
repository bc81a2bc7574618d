import { execFileSync, execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tool } from '../../src/commands/package.ts';
import { bench, freshFolder, reportOf } from '../support/bench.ts';
import { runAction, type WorkflowStep } from '../support/composite-action.ts';
import { complaintsOf } from '../support/github-files.ts';
import { commit, freshRepository, git, write } from '../support/repository.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** As many have it: a start script, a port from the environment, and a route of its own. */
const server = (rounds: number): string => `import { createHash } from 'node:crypto';
import http from 'node:http';

const server = http.createServer((request, response) => {
  if (request.url === '/health') return response.end('ok');
  if (request.url !== '/items') return response.writeHead(404).end();
  let digest = 'items';
  for (let round = 0; round < ${rounds}; round += 1)
    digest = createHash('sha1').update(digest).digest('hex');
  return response.end(digest);
});
server.listen(process.env.PORT ?? 3000);
`;
const files = {
  '.gitignore': 'node_modules\nreports\n',
  'package.json': JSON.stringify({ type: 'module', scripts: { start: 'node src/server.js' } }),
  'src/server.js': server(200),
};
const shown = (folder: string, file: string): string =>
  readFileSync(path.join(folder, file), 'utf8');
const workflowFile = '.github/workflows/bench.yml';

/** For tests that measure whether it runs, and not how fast. */
const briefly = [
  '--launches',
  '2',
  '--fail-on',
  'never',
  '--quiet',
  '--set',
  'measure.sliceTime=200ms',
];
const quickly = {
  launches: '3',
  only: 'reuse=keep-alive',
  set: 'measure.sliceTime=1500ms\nmeasure.warmup=300ms\ngate.sensitivity=1000%',
};

const pullRequest = (base: string, head: string) => ({
  pull_request: { number: 1, base: { sha: base }, head: { sha: head } },
});

/** A workflow's values are all text to an action. */
const inputsOf = (given: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));

/** The package, as it would be published. */
function packed(): string {
  const to = freshFolder();
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', to, root];
  const [made] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', stdio: 'pipe' })) as {
    filename: string;
  }[];
  return path.join(to, made?.filename ?? '');
}

describe('bench init', () => {
  it('writes a matrix that plans and measures, and says what it found and what to do next', async () => {
    const folder = freshRepository(files);
    const { code, stdout, stderr } = await bench(['init'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`found  scripts.start of package.json: started by \`node src/server.js\`
       src/server.js:12: listens on $PORT
       src/server.js:6: GET /items
wrote  bench.matrix.yaml
       ${workflowFile}
next   npx bench-matrix plan --baseline git:HEAD --candidate git:WORKTREE
`);
    const roles = ['--baseline', 'git:HEAD', '--candidate', 'git:WORKTREE'];
    const planned = await bench(['plan', ...roles], folder);
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(planned.stdout).toContain('reuse=close');
    const compared = await bench(['compare', ...roles, ...briefly], folder);
    expect(compared, compared.stderr).toMatchObject({ code: 0 });
    const report = reportOf(folder);
    expect(report.cells.map(({ id, contract }) => [id, contract.ok])).toEqual([
      ['reuse=keep-alive', true],
      ['reuse=close', true],
    ]);
    expect(report.cells[0]?.primary).toBe('targetCpuPerRequest');
  });

  it('writes a workflow that gates a pull request, run as it is written', async () => {
    const origin = freshRepository(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`api/${name}`, text])),
    );
    const { stdout } = await bench(['init'], path.join(origin, 'api'));
    expect(stdout).toContain(`../${workflowFile}`);
    const base = commit(origin, {});
    const head = commit(origin, { 'api/src/server.js': server(2_000) });
    const workspace = freshFolder();
    git(workspace, 'clone', '--quiet', origin, '.');
    const text = shown(workspace, workflowFile);
    expect(complaintsOf('workflow', text)).toEqual([]);
    const { steps } = (parse(text) as { jobs: { bench: { steps: WorkflowStep[] } } }).jobs.bench;
    const named = `${tool.name}@${tool.version}`;
    const install = steps.flatMap(({ run }) => run ?? []).find((run) => run.includes(named)) ?? '';
    const { uses = '', with: given = {} } = steps.at(-1) ?? {};
    // Whoever has its name in a registry is another matter: the release is packed from here.
    execSync(install.replace(named, packed()), { cwd: workspace, stdio: 'pipe' });
    const uploaded: string[] = [];
    const { steps: ran, outputs } = await runAction({
      ...{ action: path.join(workspace, uses), workspace },
      inputs: { ...inputsOf(given), ...quickly, comment: 'false' },
      github: { event: pullRequest(base, head), sha: head, token: '' },
      env: { GITHUB_EVENT_NAME: 'pull_request' },
      used: {
        'actions/upload-artifact': ({ path: folder = '' }) => {
          uploaded.push(...folder.split('\n', 1));
          return {};
        },
      },
    });
    const log = ran.map((step) => step.log).join('\n');
    expect(
      ran.map(({ name, code }) => `${name}: ${code}`),
      log,
    ).toEqual(['Install bench: 0', 'Compare: 0', 'Upload the report: 0', 'Gate: 1']);
    expect(outputs).toMatchObject({ outcome: 'regression', report: uploaded[0] });
    expect(git(workspace, 'status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  it('says what to change where both arms would take one port', async () => {
    const folder = freshRepository({
      ...files,
      'src/server.js': 'server.listen(3000);',
      'package-lock.json': '{}',
    });
    const { code, stderr } = await bench(['init', '--no-workflow'], folder);
    expect(code).toBe(0);
    expect(stderr).toBe(
      'warning: src/server.js:1 says port 3000. Two arms run at the same time and need two ports. Make it listen on $PORT where that is set, such as process.env.PORT ?? 3000.\n',
    );
    expect(shown(folder, 'bench.matrix.yaml')).toContain('# src/server.js:1 says port 3000.');
    expect(existsSync(path.join(folder, workflowFile))).toBe(false);
  });

  it('of an empty folder: two runtimes, which plan', async () => {
    const folder = freshFolder();
    const { code, stdout, stderr } = await bench(['init'], folder);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: No server was found/);
    expect(stdout).toContain('next   npx bench-matrix plan --baseline v1 --candidate v2\n');
    const roles = ['--baseline', 'v1', '--candidate', 'v2'];
    expect(await bench(['plan', ...roles], folder)).toMatchObject({ code: 0, stderr: '' });
  });

  it('outside a repository it says that versions need one', async () => {
    const folder = freshFolder();
    write(folder, files);
    const { stderr } = await bench(['init'], folder);
    expect(stderr).toMatch(/^warning: This folder is in no git repository, .+git init/);
  });
});

describe('what is there already', () => {
  it('is never replaced unless that is asked for, and nothing is written beside it', async () => {
    const folder = freshRepository({ ...files, 'bench.matrix.yaml': 'mine' });
    const refused = await bench(['init'], folder);
    expect(refused).toEqual({
      ...{ code: 2, stdout: '' },
      stderr:
        'bench: bench.matrix.yaml: is there already. Add --force to replace, or --dry-run to look.\n',
    });
    expect(existsSync(path.join(folder, workflowFile))).toBe(false);
    expect(shown(folder, 'bench.matrix.yaml')).toBe('mine');
    expect((await bench(['init', '--force'], folder)).code).toBe(0);
    expect(
      await bench(['init', '--out', 'other.yaml', '--force', '--no-workflow'], folder),
    ).toMatchObject({ code: 0 });
    const second = await bench(['init', '--out', 'third.yaml'], folder);
    expect(second.stderr).toBe(
      `bench: ${workflowFile}: is there already. Add --force to replace, or --no-workflow to leave it.\n`,
    );
    expect(shown(folder, 'bench.matrix.yaml')).toContain('start: node src/server.js');
  });

  it('a matrix of another ending is not doubled', async () => {
    const folder = freshRepository({ ...files, 'bench.matrix.ts': '' });
    const { code, stderr } = await bench(['init', '--force'], folder);
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toMatch(/^bench: bench\.matrix\.ts: is the matrix of this folder already/);
  });

  it('is not touched by --dry-run and --out -, which show what would be written', async () => {
    const folder = freshRepository(files);
    const dry = await bench(['init', '--dry-run'], folder);
    const printed = await bench(['init', '--out', '-'], folder);
    expect(git(folder, 'status', '--porcelain')).toBe('');
    expect(dry.stdout).toContain(`# bench.matrix.yaml\n${printed.stdout}`);
    expect(dry.stdout).toContain(`# ${workflowFile}\n`);
    expect(dry.stdout).not.toContain('wrote');
  });

  it('another name is named in the command and in the workflow', async () => {
    const folder = freshRepository(files);
    const { stdout } = await bench(['init', '--out', 'load/api.yaml'], folder);
    expect(stdout).toContain('plan --matrix load/api.yaml --baseline git:HEAD');
    expect(shown(folder, workflowFile)).toContain('          matrix: "load/api.yaml"\n');
  });
});
