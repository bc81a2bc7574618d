import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pins } from '../../src/matrix/project/workflow.ts';
import { planOptionNames } from '../../src/commands/plan-options.ts';
import type { Report } from '../../src/model/report.ts';
import { freshFolder } from '../support/bench.ts';
import { actionIn, type Job, type Ran, runAction } from '../support/composite-action.ts';
import { startGithubApi } from '../support/github-api.ts';
import { complaintsOf } from '../support/github-files.ts';
import { slowerBranch } from '../support/demo.ts';
import { commit, git } from '../support/repository.ts';
import { serverThatBurns } from '../support/burn.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const action = actionIn(root);

/** As a checkout of the action has it: the files of the repository, with nothing installed and nothing built. */
const checkedOut = freshFolder();
beforeAll(() => {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: root,
  });
  const files = listed
    .toString()
    .split('\0')
    .filter((file) => existsSync(path.join(root, file)));
  for (const file of files.filter((name) => name !== ''))
    cpSync(path.join(root, file), path.join(checkedOut, file));
});

const api = await startGithubApi({ 'a-token': 'workflow' });
afterAll(() => api.close());

/** What nobody may run: a branch may be named so. */
const hostileBranch = '$(touch${IFS}pwned)`touch${IFS}pwned`;touch${IFS}pwned';

const pullRequest = (base: string, head: string) => ({
  repository: { default_branch: 'main' },
  pull_request: {
    ...{ number: 7, title: hostileBranch, body: `${hostileBranch}\n::set-output name=x::y` },
    base: { sha: base, ref: 'main' },
    head: { sha: head, ref: hostileBranch },
  },
});

async function ran(origin: string, event: object, inputs: Job['inputs'] = {}) {
  const workspace = freshFolder();
  const uploaded: Record<string, string>[] = [];
  const result = await runAction({
    ...{ action: checkedOut, workspace },
    inputs: { 'working-directory': 'api', ...inputs },
    github: { event, sha: git(origin, 'rev-parse', 'main'), token: 'a-token' },
    env: {
      ...{ GITHUB_EVENT_NAME: 'pull_request', GITHUB_API_URL: api.url },
      ...{ GITHUB_REPOSITORY: 'ada/shop', GITHUB_SERVER_URL: 'https://github.com' },
      GITHUB_RUN_ID: '42',
    },
    used: {
      'actions/checkout': ({ ref = '' }) => {
        git(workspace, 'clone', '--quiet', origin, '.');
        git(workspace, 'checkout', '--quiet', ref);
        return {};
      },
      'actions/setup-node': () => ({}),
      'actions/upload-artifact': (given) => {
        uploaded.push({ ...given });
        return { 'artifact-url': 'https://github.com/ada/shop/artifacts/9' };
      },
    },
  });
  // Whatever had run would have made it here, or where the step ran.
  const places = [workspace, path.join(workspace, 'api'), checkedOut, path.dirname(checkedOut)];
  expect(places.filter((place) => readdirSync(place).includes('pwned'))).toEqual([]);
  return { ...result, uploaded };
}

const logs = ({ steps }: Ran): string =>
  steps.map(({ name, log }) => `${name}:\n${log}`).join('\n');
const codes = ({ steps }: Ran) => steps.map(({ name, code }) => `${name}: ${code}`);

describe('the action, run as it is written', () => {
  const { origin, base, slow, main } = slowerBranch('api/', hostileBranch);

  it('a pull request that is slower fails in the last step, and its report is there', async () => {
    const result = await ran(origin, pullRequest(main, slow));
    expect(codes(result), logs(result)).toEqual([
      ...['Check out base and head: 0', 'Set up Node: 0', 'Install bench: 0', 'Compare: 0'],
      ...['Upload the report: 0', 'Comment on the pull request: 0', 'Gate: 1'],
    ]);
    const { outputs, uploaded, summary, steps } = result;
    expect(outputs).toMatchObject({ outcome: 'regression', 'exit-code': '1' });
    const folder = outputs.report ?? '';
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
    expect(outputs.sentence).toBe(report.sentence);
    // Not with what main has become.
    expect(report.baseline.fingerprint['target commit']).toBe(base);
    expect(report.candidate.fingerprint['target commit']).toBe(slow);
    expect(uploaded).toEqual([
      {
        name: 'bench-report',
        path: `${folder}\n!${folder}/*.log\n`,
        'if-no-files-found': 'error',
      },
    ]);
    const markdown = readFileSync(path.join(folder, 'report.md'), 'utf8');
    expect(summary).toContain(markdown);
    expect(steps.find(({ name }) => name === 'Compare')?.log).toMatch(/^::error title=/m);
    const [comment, ...others] = api.comments;
    expect(others).toEqual([]);
    expect(comment?.body).toMatch(/^<!-- bench-matrix comment: api -->\n/);
    expect(comment?.body).toContain(markdown);
    expect(comment?.body).toContain('https://github.com/ada/shop/actions/runs/42');
    expect(comment?.body).toContain('https://github.com/ada/shop/artifacts/9');
  });

  it('one that is faster passes, and the same comment says so', async () => {
    git(origin, 'checkout', '--quiet', hostileBranch);
    const fast = commit(origin, { 'api/server.mjs': serverThatBurns(1000) });
    const candidate = `git:origin/${hostileBranch}`;
    const result = await ran(origin, pullRequest(slow, fast), { candidate });
    expect(codes(result).at(-1), logs(result)).toBe('Gate: 0');
    expect(result.outputs).toMatchObject({ outcome: 'pass', 'exit-code': '0' });
    expect(api.comments).toHaveLength(1);
    expect(api.comments[0]?.body).toContain('bench: pass');
    expect(api.requests.filter((request) => request.startsWith('P'))).toEqual([
      ...['POST /repos/ada/shop/issues/7/comments', 'PATCH /repos/ada/shop/issues/comments/1000'],
    ]);
  });

  it.each([
    ['matrix', '--matrix: ', 'bench: pass'],
    // Of the matrix of which there is a comment: no old verdict stays.
    ['baseline,candidate,only,set,margin,budget', '--budget: ', 'bench: no report'],
  ])(
    '%s that are commands run nothing, and it says why nothing was measured',
    async (names, why, last) => {
      const command = `"; ${hostileBranch}; '$(touch pwned)'`;
      const inputs = names.split(',').map((name) => [name, command]);
      const result = await ran(origin, pullRequest(main, slow), {
        ...Object.fromEntries(inputs),
        artifact: command,
      });
      expect(codes(result), logs(result)).toEqual([
        ...['Check out base and head: 0', 'Set up Node: 0', 'Install bench: 0', 'Compare: 0'],
        ...['Comment on the pull request: 0', 'Gate: 2'],
      ]);
      expect(result.outputs).toEqual({ outcome: '', 'exit-code': '2', sentence: '', report: '' });
      expect(result.steps.find(({ name }) => name === 'Compare')?.log).toMatch(
        new RegExp(`^::error title=bench::${why}`, 'm'),
      );
      expect(result.summary).toContain('exit code 2');
      expect(api.comments).toHaveLength(1);
      expect(api.comments[0]?.body).toContain(last);
    },
  );
});

describe('action.yml', () => {
  const text = readFileSync(path.join(root, 'action.yml'), 'utf8');

  it('is an action, as GitHub reads one', () => {
    expect(complaintsOf('action', text)).toEqual([]);
    expect(complaintsOf('action', text.replaceAll('shell: bash', 'shel: bash'))).not.toEqual([]);
    expect(action.runs.using).toBe('composite');
  });

  it('has no expression in the text of a script', () => {
    const scripts = action.runs.steps.flatMap(({ run }) => run ?? []);
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('pins what it uses, by the commits that the written workflow has', () => {
    const used = [...text.matchAll(/# (v[\d.]+)\n\s+uses: (\S+)/g)].map(
      ([, tag, of]) => `${of} # ${tag}`,
    );
    expect(used).toHaveLength(action.runs.steps.filter(({ uses }) => uses !== undefined).length);
    for (const one of used) expect(one).toMatch(/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/);
    expect(used).toEqual(expect.arrayContaining(Object.values(pins)));
  });

  it('takes every option of the plan, by its name', () => {
    const left = planOptionNames.filter((name) => action.inputs[name] === undefined);
    // Both commits run here, on one machine.
    expect(left).toEqual(['across-machines']);
  });

  it('hands every input of its own name to the step that measures', () => {
    const env = action.runs.steps.find(({ id }) => id === 'compare')?.env ?? {};
    const own = Object.entries(action.inputs).filter(
      ([, { description }]) => !description.startsWith('of the action'),
    );
    const expected = own.map(([name]) => [
      `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
      `\${{ inputs.${name} }}`,
    ]);
    expect(env).toEqual(Object.fromEntries(expected));
  });
});
