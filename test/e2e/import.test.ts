import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { bench, freshFolder, startBench, writeMatrix } from '../support/bench.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const foreign = (name: string): string => path.join(fixtures, 'foreign', name);
const names = (program: string): string[] => [1, 2, 3].map((n) => foreign(`${program}-${n}.json`));

const folder = freshFolder();
const refusal = async (args: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await bench(args, folder);
  expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({
    code: 2,
    stdout: '',
    lines: 2,
  });
  return stderr;
};
const against = (baseline: string, candidate: string): string[] => [
  ...['compare', '--baseline', `run:${baseline}`, '--candidate', `run:${candidate}`],
];
const reported = async (args: readonly string[]) => {
  const { code, stdout } = await bench([...args, '--format', 'json', '--out', '-'], folder);
  return { code, report: JSON.parse(stdout) as Report };
};

/** The same run of wrk with so many times the rate. */
function scaled(file: string, factor: number): string {
  const text = readFileSync(foreign(file), 'utf8');
  const times = (_: string, before: string, value: string): string =>
    before + String(Math.round(Number(value) * factor * 100) / 100);
  return text
    .replace(/^(\s*)(\d+)(?= requests in)/m, (_, before: string, count: string) => {
      return before + String(Math.round(Number(count) * factor));
    })
    .replace(/^(Requests\/sec:\s+)([\d.]+)/m, times)
    .replace(/^(\s*Latency\s+)([\d.]+)(?=ms)/m, (_, before: string, ms: string) => {
      return before + (Number(ms) / factor).toFixed(2);
    });
}

const wrk = [1, 2, 3].map((n) => `wrk-latency-${n}.txt`);
const imported = (program: string, label: string, files: readonly string[]) =>
  bench(['import', program, ...files, '--label', label], folder);

beforeAll(async () => {
  for (const [index, name] of wrk.entries())
    writeFileSync(path.join(folder, `slow-${index}.txt`), scaled(name, 0.7));
  const slow = wrk.map((_, index) => `slow-${index}.txt`);
  const all = [
    await imported('wrk', 'fast', wrk.map(foreign)),
    await imported('wrk', 'slow', slow),
    await imported('k6', 'fast', names('k6-export')),
    await imported('k6', 'single', [foreign('k6-handle-summary.json')]),
    await imported('locust', 'users', names('locust-2.31.0')),
    await imported('autocannon', 'mix', names('autocannon')),
  ];
  for (const { code, stderr } of all) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  writeMatrix(
    folder,
    `
axes: { version: { v1: {}, v2: {} } }
measure: { launches: 2, sliceTime: 100ms, warmup: 50ms }
`,
  );
  const measured = ['run', '--label', 'measured', '--variant', 'v1', '--quiet'];
  expect((await bench(measured, folder)).code).toBe(0);
});

describe('results of other programs', () => {
  it('are shown as they are kept', async () => {
    const { stdout } = await imported('k6', 'again', names('k6-export'));
    expect(stdout).toMatch(
      /^ {2}k6-export-1\.json {2}1\.54 krps, mean latency 2\.56 ms, 0 of 3079 failed\n.*\n.*\nkept: run:again\/k6, run \S+\n$/,
    );
    const { stdout: single } = await imported('k6', 'alone', [foreign('k6-export-1.json')]);
    expect(single).toContain('run:alone/k6 is one file, and one launch has no spread');
  });

  it('a regression exits 1, and its mirror 0', async () => {
    const worse = await reported(against('fast/wrk', 'slow'));
    expect(worse).toMatchObject({ code: 1, report: { outcome: 'regression', environment: null } });
    expect(worse.report.sentence).toBe(
      'run:slow/wrk against run:fast/wrk, both imported: regression; requests per second −30 %.',
    );
    expect(worse.report.compare).toMatchObject({
      kind: 'imported',
      baseline: { files: wrk },
      candidate: { files: ['slow-0.txt', 'slow-1.txt', 'slow-2.txt'] },
    });
    const better = await reported(against('slow', 'fast/wrk'));
    expect(better).toMatchObject({ code: 0, report: { outcome: 'pass' } });
    const lenient = await reported([
      ...against('fast/wrk', 'slow'),
      '--margin',
      'rps=60%,latencyMean=60%',
    ]);
    expect(lenient).toMatchObject({ code: 0, report: { outcome: 'pass' } });
  });

  it('one file decides nothing', async () => {
    const { code, report } = await reported(against('fast/k6', 'single'));
    expect({ code, outcome: report.outcome }).toEqual({ code: 3, outcome: 'insensitive' });
    expect(report.cells[0]?.verdict).toBe('inconclusive');
    expect(report.warnings.map((warning) => warning.code)).toContain('one-file');
    const never = [...against('fast/k6', 'single'), '--fail-on', 'never'];
    expect((await reported(never)).code).toBe(0);
  });

  it('latencies of two programs are not compared', async () => {
    const { report } = await reported(against('users', 'mix'));
    expect(report.cells[0]?.metrics.map(({ metric }) => metric)).toEqual(['rps', 'errorRate']);
    expect(report.warnings.map((warning) => warning.code)).toContain('other-latency');
  });

  it('are listed and rendered again, the same to the byte', async () => {
    const { stdout: list } = await bench(['list'], folder);
    expect(list).toMatch(/ {2}imported {2}wrk kept as run:slow\/wrk {2}pass\n/);
    expect(list).toMatch(/ {2}imported {2}run:slow\/wrk → run:fast\/wrk {2}pass\n/);
    const [run = ''] = /\S+(?= {2}imported {2}run:slow\/wrk → )/.exec(list) ?? [];
    const before = readFileSync(path.join(folder, 'reports', run, 'journal.ndjson'), 'utf8');
    const [first, second] = [
      await bench(['report', run], folder),
      await bench(['report', run], folder),
    ];
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toBe(second.stdout);
    const html = readFileSync(path.join(folder, 'reports', run, 'report.html'), 'utf8');
    expect(html).toContain('Not known: the results were imported.');
    expect(readFileSync(path.join(folder, 'reports', run, 'journal.ndjson'), 'utf8')).toBe(before);
    const [kept = ''] = /\S+(?= {2}imported {2}locust kept)/.exec(list) ?? [];
    expect((await bench(['report', kept], folder)).stdout).toContain(
      'pass: run:users/locust: imported from 3 files; nothing is compared.',
    );
  });

  it('there is nothing to plan and nothing to resume', async () => {
    const { stdout } = await bench(['plan', ...against('fast/wrk', 'slow').slice(1)], folder);
    expect(stdout).toMatch(
      /^both imported, nothing to measure\n {2}baseline {3}run \S+, 3 files of wrk\n {2}candidate {2}run \S+, 3 files of wrk\n$/,
    );
    const [run = ''] = readdirSync(path.join(folder, 'reports')).sort();
    expect(await refusal(['compare', '--resume', run])).toContain(
      'imported results, which hold no slices.',
    );
  });

  it.each<[string, readonly string[], string]>([
    [
      'imported against measured',
      against('fast/wrk', 'measured'),
      'run:fast/wrk was imported and run:measured is measured by bench: nothing tells that load and meters are the same. Import both, or measure both.',
    ],
    [
      'imported against live',
      ['compare', '--baseline', 'run:slow', '--candidate', 'v1'],
      'run:slow was imported and v1 is measured by bench',
    ],
    [
      'a label of two programs',
      against('fast', 'slow'),
      '--baseline: fast holds several runs, imported ones among them. Choose one of run:fast/k6, run:fast/wrk.',
    ],
    [
      'an option that would do nothing',
      [...against('slow', 'fast/wrk'), '--launches', '4'],
      '--launches: both runs were imported, and nothing is measured. Leave it out.',
    ],
    [
      'a matrix, which has nothing to say',
      [...against('slow', 'fast/wrk'), '--matrix', 'incident'],
      '--matrix: both runs were imported',
    ],
    [
      'one file twice',
      ['import', 'k6', foreign('k6-export-1.json'), foreign('k6-export-1.json'), '--label', 'x'],
      'hold the same results, and each file is one launch. Leave one out.',
    ],
    [
      'files of two kinds',
      ['import', 'k6', foreign('k6-export-1.json'), foreign('k6-points.ndjson'), '--label', 'x'],
      'k6-export-1.json is k6 summary and k6-points.ndjson is k6 points, which take the time of a run differently.',
    ],
    [
      'a file of another program',
      ['import', 'k6', foreign('wrk-plain.txt'), '--label', 'x'],
      'wrk-plain.txt: line 1 is neither a metric nor a point of k6. Give a file that',
    ],
    ['no file', ['import', 'wrk', 'nowhere.txt', '--label', 'x'], 'nowhere.txt: ENOENT'],
    ['no program', ['import', 'jmeter', 'x', '--label', 'x'], 'Choices: "k6", "locust"'],
    ['no label', ['import', 'wrk', 'x', '--label', 'a/b'], '--label: "a/b" cannot be a label'],
  ])('refused: %s', async (_, args, words) => {
    expect(await refusal(args)).toContain(words);
  });
});

describe('a scenario from another format', () => {
  const server = `
require('node:http')
  .createServer((request, response) => {
    response.statusCode = request.url === '/cart?token=t0' && request.headers.cookie === 'sid=1' ? 200 : 400;
    response.end();
  })
  .listen(process.env.PORT, '127.0.0.1');
`;

  it('is a matrix file that runs as it is', async () => {
    const cwd = freshFolder();
    writeFileSync(path.join(cwd, 'server.cjs'), server);
    writeFileSync(path.join(cwd, 'package.json'), '{ "scripts": { "start": "node server.cjs" } }');
    const line = "curl 'https://shop.example/cart?token=t0' -b sid=1";
    const made = await bench(['scenario', 'curl', line, '--out', 'bench.matrix.yaml'], cwd);
    expect(made).toEqual({ code: 0, stdout: 'bench.matrix.yaml\n', stderr: '' });
    const args = [
      '--baseline',
      process.execPath,
      '--candidate',
      process.execPath,
      '--fail-on',
      'never',
    ];
    const short = ['--set', 'measure.sliceTime=100ms', '--set', 'measure.warmup=50ms'];
    const compare = ['compare', ...args, ...short, '--launches', '2', '--format', 'json'];
    expect((await bench(compare, cwd)).stderr).toContain('TOKEN is not set in the environment.');
    const secrets = { TOKEN: 't0', COOKIE: 'sid=1' };
    const { code, stdout } = await bench([...compare, '--quiet', '--out', '-'], cwd, secrets);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.cells[0]).toMatchObject({ id: 'all', launches: 2, contract: { ok: true } });
    const errors = report.cells[0]?.metrics.find(({ metric }) => metric === 'errorRate');
    expect(errors).toMatchObject({ baseline: 0, candidate: 0 });
  });

  it.each([
    ['har', 'shop.har'],
    ['openapi', 'shop.openapi.yaml'],
  ])('%s: printed, and planned without a change', async (format, file) => {
    const source = path.join(fixtures, 'scenario', file);
    const { code, stdout, stderr } = await bench(['scenario', format, source], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const variables = [...stdout.matchAll(/(?<!\$)\$\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      'x',
    ]);
    expect(variables.length).toBeGreaterThan(3);
    const cwd = freshFolder();
    writeMatrix(cwd, stdout);
    const plan = ['plan', '--baseline', 'node@20.20.2', '--candidate', 'node@22.11.0'];
    expect(await bench(plan, cwd, Object.fromEntries(variables))).toMatchObject({
      ...{ code: 0, stderr: '' },
    });
  });

  it('comes from standard input too', async () => {
    const { process: child, finished } = startBench(['scenario', 'curl', '-'], folder);
    child.stdin?.end('curl http://a.example/x\n');
    expect((await finished).stdout).toContain('path: /x\n');
  });

  it('replaces no file', async () => {
    const args = ['scenario', 'curl', 'curl http://a.example', '--out', 'bench.matrix.yaml'];
    expect(await refusal(args)).toBe(
      'bench: --out bench.matrix.yaml: is there already. Name another file, or remove it first.\n',
    );
  });

  it.each<[string, readonly string[], string]>([
    ['no file', ['scenario', 'har', 'nowhere.har'], 'nowhere.har: ENOENT'],
    [
      'an option of another format',
      ['scenario', 'curl', 'curl http://a.example', '--assets'],
      '--assets: belongs to `bench scenario har`.',
    ],
    [
      'no method',
      [
        'scenario',
        'openapi',
        path.join(fixtures, 'scenario/shop.openapi.yaml'),
        '--methods',
        'gett',
      ],
      '--methods: "gett" is not a method. Did you mean "get"?',
    ],
  ])('refused: %s', async (_, args, words) => {
    expect(await refusal(args)).toContain(words);
  });
});
