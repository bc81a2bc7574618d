import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  bench,
  freshFolder,
  journalOf,
  reportOf,
  runFolder,
  writeMatrix,
} from '../support/bench.ts';

const server = fileURLToPath(new URL('../fixtures/server/counting.mjs', import.meta.url));
const roles = ['--baseline', 'v1', '--candidate', 'v2'];

function project(matrix: string): string {
  const folder = freshFolder();
  cpSync(server, path.join(folder, 'counting.mjs'));
  writeMatrix(folder, matrix);
  return folder;
}

interface Seen {
  readonly pid: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly secret: string | null;
}

/** What reached the servers; the probe whether they are ready asks for /. */
const seen = (folder: string): Seen[] =>
  readFileSync(path.join(folder, 'counts.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Seen)
    .filter(({ url }) => url !== '/');

/** Per launch and arm, how often each of these was asked for. */
function countsOf(folder: string, asked: readonly string[]) {
  const all = seen(folder);
  return journalOf(folder).flatMap((row) => {
    if (row.kind !== 'launch') return [];
    const of = (role: string): number[] => {
      const target = row.processes.find((one) => one.role === role && one.part === 'target');
      const own = all.filter(({ pid }) => pid === target?.pid);
      return asked.map((one) => own.filter(({ method, url }) => `${method} ${url}` === one).length);
    };
    return [{ work: row.work, baseline: of('baseline'), candidate: of('candidate') }];
  });
}

const start = "start: 'exec node counting.mjs', env: { COUNTS: counts.ndjson }";
const measure = 'measure: { launches: 2, sliceTime: 200ms, warmup: 100ms }';
const eachItsClient = 'v1: { client: { env: { ARM: a } } }, v2: { client: { env: { ARM: b } } }';
const oneForBoth =
  'v1: { target: { env: { ARM: a, COUNTS: counts.ndjson } } }, v2: { target: { env: { ARM: b, COUNTS: counts.ndjson } } }';

const sequence = `
    - { path: /a, headers: { x-token: one }, expect: { body: { equals: first } } }
    - { method: POST, path: /b, body: '{"name":"x"}', expect: { status: 201, body: { includes: '"id":7' } } }
    - { method: DELETE, path: /c, expect: { status: 204, body: { bytes: 0 } } }`;
const kinds = ['GET /a', 'POST /b', 'DELETE /c'];

const compare = (folder: string, ...more: readonly string[]) =>
  bench(['compare', ...roles, '--no-profile', '--quiet', '--fail-on', 'never', ...more], folder);

describe('several requests', () => {
  it.each([
    ['http', 'keep-alive', eachItsClient],
    ['http', 'close', eachItsClient],
    ['http', 'keep-alive', oneForBoth],
    ['npm:undici@7.30.2', 'keep-alive', eachItsClient],
  ])(
    'in sequence, engine %s, %s: each as often in both arms (%s)',
    async (engine, reuse, versions) => {
      const folder = project(`
scenario:
  load: { model: closed, connections: 3 }
  requests: ${sequence}
target: { ${versions === oneForBoth ? "start: 'exec node counting.mjs'" : start} }
client: { engine: '${engine}', workers: 2 }
connection: { reuse: ${reuse} }
axes: { version: { ${versions} } }
${measure}
`);
      const { code, stderr } = await compare(folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const launches = countsOf(folder, kinds);
      expect(launches).toHaveLength(2);
      for (const { baseline, candidate, work } of launches) {
        const [a = 0] = baseline;
        expect(a).toBeGreaterThan(10);
        expect(baseline).toEqual([a, a, a]);
        expect(candidate).toEqual(baseline);
        expect(work.kind === 'requests' ? work.requests % 18 : null).toBe(0);
      }
      const posted = seen(folder).filter(({ method }) => method === 'POST');
      expect(new Set(posted.map(({ body }) => body))).toEqual(new Set(['{"name":"x"}']));
      const [cell] = reportOf(folder).cells;
      expect(cell?.contract.clauses).toContainEqual(
        expect.objectContaining({ clause: 'requests of each kind', state: 'proven' }),
      );
      expect(cell?.contract.clauses).toContainEqual({
        ...{ clause: 'body bytes per request', state: 'proven' },
        ...{ expected: 'the same in both arms', observed: '5, 16, 0' },
      });
      const errors = cell?.metrics.find(({ metric }) => metric === 'errorRate');
      expect(errors).toMatchObject({ baseline: 0, candidate: 0 });
    },
  );

  it('weighted: the same mix in both arms, and whole mixes in a slice', async () => {
    const folder = project(`
scenario:
  load: { model: closed, connections: 2 }
  requests: [{ path: /a, weight: 3 }, { path: /other }]
target: { ${start} }
client: { workers: 2 }
axes: { version: { ${eachItsClient} } }
${measure}
`);
    expect(await compare(folder)).toMatchObject({ code: 0, stderr: '' });
    const launches = countsOf(folder, ['GET /a', 'GET /other']);
    expect(launches).toHaveLength(2);
    for (const { baseline, candidate, work } of launches) {
      const [often = 0, seldom = 0] = baseline;
      expect(seldom).toBeGreaterThan(5);
      // Each of the two workers may end its warm-up within a mix.
      expect(Math.abs(often - 3 * seldom)).toBeLessThanOrEqual(6);
      expect(candidate).toEqual(baseline);
      expect(work.kind === 'requests' ? work.requests % 8 : null).toBe(0);
    }
  });

  it('under paced load every user goes through the sequence', async () => {
    const folder = project(`
scenario:
  load: { model: constant-throughput, users: 6, perUser: 20 }
  requests: ${sequence}
target: { ${start} }
axes: { version: { ${eachItsClient} } }
measure: { launches: 2, sliceTime: 1200ms, warmup: 100ms }
`);
    expect(await compare(folder)).toMatchObject({ code: 0, stderr: '' });
    for (const { baseline, candidate } of countsOf(folder, kinds))
      for (const counts of [baseline, candidate]) {
        expect(Math.min(...counts)).toBeGreaterThan(10);
        // A user is never more than one request on.
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(6);
      }
    const [cell] = reportOf(folder).cells;
    expect(cell?.contract.clauses.filter(({ state }) => state === 'broken')).toEqual([]);
  });

  it('fail one by one: by what they expect, and by the time they take', async () => {
    const failing = (more: string, client = '') =>
      project(`
scenario: { load: { connections: 2 }, requests: [{ path: /a }, ${more}] }
${client}
target: { ${start} }
axes: { version: { ${eachItsClient} } }
${measure}
`);
    const wrong = failing('{ path: /other, expect: { body: { includes: bye } } }');
    expect(await compare(wrong)).toMatchObject({ code: 0 });
    const [cell] = reportOf(wrong).cells;
    const failed = /^the baseline fails \d+ of \d+ requests/;
    expect(cell?.reason).toMatch(failed);
    const said = ({ warnings = [] }: { warnings?: readonly { message: string }[] } = {}) =>
      warnings.map(({ message }) => message).join('\n');
    expect(said(cell)).toContain('body lacks the expected text');

    const late = failing('{ path: /silent }', 'client: { requestTimeout: 200ms }');
    expect(await compare(late)).toMatchObject({ code: 0 });
    const [slow] = reportOf(late).cells;
    expect(slow?.reason).toMatch(failed);
    expect(said(slow)).toContain('no answer within 200 ms');
  });
});

const secret = 'tok-7f3a"9\\x-secret';
const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
/** As it is, and as JSON has it. */
const holds = (text: string): boolean =>
  [secret, JSON.stringify(secret).slice(1, -1), 'x-secret'].some((form) => text.includes(form));

describe('a value of the environment', () => {
  const matrix = (request: string) => `
scenario:
  requests: [${request}]
target: { start: 'exec node counting.mjs', env: { COUNTS: counts.ndjson, SECRET: '\${API_TOKEN}' } }
axes: { version: { ${eachItsClient} } }
${measure}
`;
  const sent = (url: string) =>
    `{ path: '${url}', headers: { x-token: '\${API_TOKEN}', x-literal: '$\${API_TOKEN}' } }`;

  it('arrives at the target, and is in no file of the run and in no output', async () => {
    const folder = project(matrix(sent('/a?${USER_ID}')));
    const env = { API_TOKEN: secret, USER_ID: 'user-4711' };
    const args = ['compare', ...roles, '--fail-on', 'never'];
    const { code, stdout, stderr } = await bench(args, folder, env);
    expect(code).toBe(0);
    const [first] = seen(folder);
    expect(first).toMatchObject({ url: '/a?user-4711', secret });
    expect(first?.headers).toMatchObject({ 'x-token': secret, 'x-literal': '${API_TOKEN}' });
    const written = files(runFolder(folder));
    expect(written.length).toBeGreaterThan(3);
    for (const text of [stdout, stderr, ...written.map((file) => readFileSync(file, 'utf8'))]) {
      expect(holds(text)).toBe(false);
      expect(text).not.toContain('user-4711');
    }
    const [header] = journalOf(folder);
    expect(JSON.stringify(header)).toContain('"x-token":"${API_TOKEN}"');
  });

  it('is taken out of what a server says when it dies, but for its own log', async () => {
    const folder = project(matrix(sent('/die')));
    const { code, stdout, stderr } = await bench(['compare', ...roles], folder, {
      API_TOKEN: secret,
    });
    expect(code).toBe(3);
    expect(stdout).toContain('refused: ${API_TOKEN}');
    const written = files(runFolder(folder)).filter((file) => !file.endsWith('.log'));
    for (const text of [stdout, stderr, ...written.map((file) => readFileSync(file, 'utf8'))])
      expect(holds(text)).toBe(false);
  });

  it('that is not set is refused before anything runs, at its line', async () => {
    const folder = project(matrix(sent('/a')));
    for (const command of ['plan', 'compare'])
      expect(await bench([command, ...roles], folder)).toMatchObject({
        code: 2,
        stdout: '',
        stderr:
          'bench: bench.matrix.yaml:3:48: scenario.requests[0].headers.x-token: API_TOKEN is not set in the environment. Set it, or write $${API_TOKEN} for the text itself.\n',
      });
  });

  it('is not given to wrk, whose arguments everybody can read', async () => {
    const folder = project(
      'client: { engine: wrk }\nscenario: { requests: [{ path: "/${WHO}" }] }\naxes: { version: { v1: {} } }',
    );
    const args = ['plan', '--baseline', 'v1', '--candidate', 'v1'];
    const { code, stderr } = await bench(args, folder, { WHO: 'somebody' });
    expect(code).toBe(2);
    expect(stderr).toContain('engine wrk cannot honour ${WHO} (it takes requests as arguments');
  });
});

describe('a limit', () => {
  /** Both arms are the same, and no difference of chance is large enough to matter. */
  const limited = (limits: string, versions = eachItsClient) =>
    project(`
target: { delay: 20ms }
axes: { version: { ${versions} } }
gate: { limits: { ${limits} }, margins: { cpuPerRequest: 95%, targetCpuPerRequest: 95%, rps: 95% }, sensitivity: 100000% }
measure: { launches: 3, sliceTime: 400ms, warmup: 200ms }
`);
  const run = (folder: string, ...more: readonly string[]) =>
    bench(['compare', ...roles, '--no-profile', '--quiet', ...more], folder);

  it('that is broken fails, though nothing changed', async () => {
    const folder = limited('latencyP50: 10ms, errorRate: 0%');
    const { code, stdout } = await run(folder);
    expect(code).toBe(1);
    expect(stdout).toContain('limits of v2 are broken in 1 of 1 cell; farthest is median latency');
    expect(stdout).toMatch(/median latency .* at most 10\.0 ms +broken/);
    const { outcome, cells } = reportOf(folder);
    expect(outcome).toBe('limit-broken');
    expect(cells[0]?.limits.map(({ metric, state }) => [metric, state])).toEqual([
      ['latencyP50', 'broken'],
      ['errorRate', 'held'],
    ]);
    expect(cells[0]?.limits[0]?.observed).toBeGreaterThan(20_000);
    const page = readFileSync(path.join(runFolder(folder), 'report.html'), 'utf8');
    expect(page).toContain('1 limit broken');
    expect((await bench(['report', 'latest'], folder)).code).toBe(1);
  });

  it('that is held passes, and one for this run alone breaks', async () => {
    expect(await run(limited('latencyP50: 5s'))).toMatchObject({ code: 0 });
    const set = ['--set', 'gate.limits.latencyP50=10ms'];
    expect(await run(limited('latencyP50: 5s'), ...set)).toMatchObject({ code: 1 });
    expect(await run(limited('latencyP50: 10ms'), '--fail-on', 'never')).toMatchObject({ code: 0 });
  });

  it('that nobody could check does not pass', async () => {
    const shared = 'v1: { target: { env: { ARM: a } } }, v2: { target: { env: { ARM: b } } }';
    const { code, stdout } = await run(limited('rss: 1GB', shared));
    expect(code).toBe(3);
    expect(stdout).toContain('limits could not be checked in 1 of 1 cell; client memory is not');
  });
});
