import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bench, freshFolder, reportOf, runFolder, writeMatrix } from '../support/bench.ts';

const roles = ['--baseline', 'v1', '--candidate', 'v2'];

describe('bench compare on the smoke matrix', () => {
  it('finds the OpenSSL regression where it is, gates, and renders the same bytes again', async () => {
    const folder = freshFolder();
    const { code, stdout } = await bench(['compare', '--matrix', 'smoke', ...roles], folder);
    expect(code).toBe(1);
    expect(stdout).toContain('regression');
    const report = reportOf(folder);
    const guilty = report.cells.find(({ id }) => id === 'tls=1.3,reuse=close-new-context');
    expect(guilty?.verdict).toBe('regression');
    const cpu = guilty?.metrics.find(({ metric }) => metric === 'cpuPerRequest');
    expect(cpu?.change?.estimate).toBeGreaterThan(1.5);
    expect(report.cells.every(({ contract }) => contract.ok)).toBe(true);
    expect(report.differences.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['node', 'openssl', 'v8']),
    );

    const files = ['report.json', 'report.html'].map((name) => path.join(runFolder(folder), name));
    const before = files.map((file) => readFileSync(file, 'utf8'));
    const again = await bench(['report', 'latest'], folder);
    expect(again.code).toBe(1);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
    const listed = await bench(['list'], folder);
    expect(listed.stdout).toMatch(/smoke {2}v1 → v2 {2}regression/);
    const planned = await bench(['plan', '--matrix', 'smoke', ...roles], folder);
    expect(planned.stdout).toMatch(/client CPU per request: sees \d/);
  });
});

describe('bad input is one clear line and exit 2', () => {
  const cases: readonly (readonly [string, readonly string[], string, string])[] = [
    ['a word that is no command', ['compair'], '', 'Did you mean compare?'],
    ['an unknown option', ['plan', ...roles, '--lanches', '3'], '', 'lanches'],
    [
      'no such matrix',
      ['plan', ...roles, '--matrix', 'nope.yaml'],
      '',
      'Name a file, or one of: dns, doctor, frameworks, incident, incident-paced, locust-upgrade, ',
    ],
    ['an unknown variant', ['plan', '--baseline', 'v1', '--candidate', 'v9'], '', 'v9'],
    [
      'an unknown format',
      ['compare', ...roles, '--format', 'pdf'],
      '',
      'Use any of: json, html, markdown',
    ],
    [
      'a version that does not exist',
      [
        'compare',
        '--baseline',
        'node@16.20.99',
        '--candidate',
        'node@16.20.99',
        '--matrix',
        'smoke',
        '--quiet',
      ],
      '',
      'the npm registry has no such version',
    ],
    [
      'a runtime that is no Node',
      [
        'compare',
        '--baseline',
        '/bin/false',
        '--candidate',
        '/bin/false',
        '--matrix',
        'smoke',
        '--quiet',
      ],
      '',
      'does not run as a Node',
    ],
    ['a run that is not stored', ['report', 'nope'], '', 'no run "nope"'],
    [
      'a setting that the engine cannot honour',
      ['compare', '--baseline', 'a', '--candidate', 'a'],
      'client: { engine: autocannon }\naxes: { version: { a: { connection: { reuse: { every: 5 } } } } }',
      'engine autocannon cannot honour connection.reuse: every',
    ],
    [
      'a load model that the engine cannot honour',
      ['plan', '--baseline', 'a', '--candidate', 'a'],
      'client: { engine: wrk }\naxes: { version: { a: { scenario: { load: { model: open, rate: 50 } } } } }',
      'engine wrk cannot honour scenario.load.model: open (it honours: closed)',
    ],
    [
      'arms of paced load that are not sent the same',
      ['plan', '--baseline', 'a', '--candidate', 'b'],
      'axes: { version: { a: {}, b: { scenario: { load: { model: open, rate: 50 } } } } }',
      'the arms of cell all differ in scenario.load',
    ],
    [
      'a Node that is too old for the engine',
      ['plan', '--baseline', 'node@14.21.3', '--candidate', 'node@14.21.3'],
      'description: no axes, two runtimes',
      'Node 16 or newer',
    ],
  ];

  it.each(cases)('%s', async (_title, args, matrix, words) => {
    const folder = freshFolder();
    if (matrix !== '') writeMatrix(folder, matrix);
    const { code, stdout, stderr } = await bench(args, folder);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('a registry that cannot be reached is exit 3', async () => {
    const folder = freshFolder();
    const args = [
      'compare',
      '--baseline',
      'node@18.20.1',
      '--candidate',
      'node@18.20.1',
      '--matrix',
      'smoke',
      '--quiet',
    ];
    const offline = {
      BENCH_CACHE: path.join(folder, 'cache'),
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_fetch_retries: '0',
      npm_config_cache: path.join(folder, 'npm'),
    };
    const { code, stderr } = await bench(args, folder, offline);
    expect(stderr).toContain('the npm registry cannot be reached');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(3);
  });
});
