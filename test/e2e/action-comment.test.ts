import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshFolder } from '../support/bench.ts';
import { bot, person, type Rights, startGithubApi } from '../support/github-api.ts';

const program = fileURLToPath(new URL('../../dist/commands/action/comment.js', import.meta.url));
const marker = '<!-- bench-matrix comment: api -->';
const stranger = { login: 'mallory', type: 'User' } as const;

let api: Awaited<ReturnType<typeof startGithubApi>>;
beforeEach(async () => {
  const tokens = { workflow: 'workflow', person: 'person', reads: 'reads', down: 'unavailable' };
  api = await startGithubApi(tokens as Record<string, Rights>);
});
afterEach(() => api.close());

const written = (): string[] => api.requests.filter((request) => !request.startsWith('GET'));

/** What the step says, with the report of a run; its exit code is always that of a step that went well. */
async function comment(env: Readonly<Record<string, string>> = {}, pull = true): Promise<string> {
  const folder = freshFolder();
  const event = path.join(folder, 'event.json');
  const side = { sha: 'a' };
  writeFileSync(
    event,
    JSON.stringify(pull ? { pull_request: { number: 7, base: side, head: side } } : {}),
  );
  writeFileSync(path.join(folder, 'report.md'), '<!-- bench-matrix: shop -->\n\n### bench: pass\n');
  const child = spawn(process.execPath, [program], {
    env: {
      ...{ PATH: process.env.PATH, GITHUB_EVENT_PATH: event, GITHUB_API_URL: api.url },
      ...{ GITHUB_REPOSITORY: 'ada/shop', GITHUB_SERVER_URL: 'https://github.com' },
      ...{ GITHUB_RUN_ID: '42', GITHUB_TOKEN: 'workflow', REPORT: folder, EXIT_CODE: '0' },
      ...{ INPUT_WORKING_DIRECTORY: 'api', ARTIFACT_URL: '', ...env },
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code, said).toBe(0);
  return said;
}

const filled = (count: number): void => {
  for (let id = 1; id <= count; id += 1)
    api.comments.push({ id, body: `No. ${id}`, user: stranger });
};

describe('the comment on a pull request', () => {
  it('is made once, and written anew from then on, wherever it stands', async () => {
    filled(150);
    expect(await comment()).toBe('bench: comment created\n');
    filled(30);
    expect(await comment()).toBe('bench: comment updated\n');
    expect(written()).toEqual([
      ...['POST /repos/ada/shop/issues/7/comments', 'PATCH /repos/ada/shop/issues/comments/1150'],
    ]);
    expect(api.comments[150]?.body).toBe(
      `${marker}\n<!-- bench-matrix: shop -->\n\n### bench: pass\n\n[log](https://github.com/ada/shop/actions/runs/42)\n`,
    );
  });

  it('is one for each folder and matrix', async () => {
    await comment();
    await comment({ INPUT_MATRIX: 'other.yaml' });
    await comment({ INPUT_WORKING_DIRECTORY: '--><script>' });
    expect(api.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      marker,
      '<!-- bench-matrix comment: api other.yaml -->',
      '<!-- bench-matrix comment: ---script- -->',
    ]);
  });

  it('is never one that somebody else has marked, or has quoted', async () => {
    api.comments.push({ id: 1, body: `${marker}\nmine`, user: stranger });
    api.comments.push({ id: 2, body: `> ${marker}\n${marker}`, user: bot });
    expect(await comment()).toContain('created');
    expect(api.comments.map(({ body }) => body).slice(0, 2)).toEqual([
      `${marker}\nmine`,
      `> ${marker}\n${marker}`,
    ]);
  });

  it('is that of the person whose token it is', async () => {
    api.comments.push({ id: 1, body: `${marker}\r\nold`, user: person });
    expect(await comment({ GITHUB_TOKEN: 'person' })).toContain('updated');
    expect(api.comments).toHaveLength(1);
  });

  it('says where there is no report that the last one is old, and makes none for it', async () => {
    const none = { REPORT: '', EXIT_CODE: '2' };
    expect(await comment(none)).toBe('');
    expect(api.comments).toEqual([]);
    await comment();
    expect(await comment(none)).toContain('updated');
    expect(api.comments[0]?.body).toContain('bench: no report');
    expect(api.comments[0]?.body).not.toContain('bench: pass');
  });
});

describe('without a comment the verdict stands', () => {
  it.each([
    ['reads', /^::notice title=bench::No comment: .+\(403, .+pull-requests: write.+forks/],
    ['unknown', /^::notice title=bench::No comment: .+\(401, Bad credentials\)/],
    ['', /^::notice title=bench::No comment: there is no token/],
    ['down', /^::warning title=bench::No comment: No server is available/],
  ])('token %j', async (token, line) => {
    expect(await comment({ GITHUB_TOKEN: token })).toMatch(line);
    expect(api.comments).toEqual([]);
  });

  it('of no pull request, or of no server', async () => {
    expect(await comment({}, false)).toBe('bench: no comment, no pull request\n');
    expect(await comment({ GITHUB_API_URL: 'http://127.0.0.1:1' })).toMatch(
      /^::warning title=bench::No comment: /,
    );
    expect(written()).toEqual([]);
  });
});
