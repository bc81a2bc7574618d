import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalRow } from '../../src/model/journal.ts';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  runFolder,
  startBench,
  writeMatrix,
} from '../support/bench.ts';
import { until } from '../support/until.ts';

const matrix = `
axes:
  version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } }
  reuse: { keep-alive: { connection: { reuse: keep-alive } }, close: { connection: { reuse: close } } }
measure: { sliceTime: 250ms, warmup: 50ms }
`;
const compare = [
  ...['compare', '--baseline', 'a', '--candidate', 'b', '--fail-on', 'never', '--quiet'],
  ...['--launches', '3', '--seed', '7'],
];
const resume = ['compare', '--resume', 'latest', '--quiet'];

function folderWithMatrix(): string {
  const folder = freshFolder();
  writeMatrix(folder, matrix);
  return folder;
}

const fileOf = (cwd: string, name: string): string => path.join(runFolder(cwd), name);
const rowsOf = (cwd: string, kind: JournalRow['kind']): number => {
  try {
    const text = readFileSync(fileOf(cwd, 'journal.ndjson'), 'utf8');
    return text.split(`{"kind":"${kind}"`).length - 1;
  } catch {
    return 0;
  }
};

/** Of the run that was begun as the n-th in a folder, from 0. */
function finishesOfRun(cwd: string, n: number): number {
  try {
    const run = readdirSync(path.join(cwd, 'reports')).sort()[n] ?? '';
    const file = path.join(cwd, 'reports', run, 'journal.ndjson');
    return readFileSync(file, 'utf8').split('{"kind":"finish"').length - 1;
  } catch {
    return 0;
  }
}

/** Starts a run, and returns as soon as its journal has so many rows of that kind. */
async function runUntil(cwd: string, kind: JournalRow['kind'], count: number) {
  const run = startBench(compare, cwd);
  await until(() => rowsOf(cwd, kind) >= count, 60_000);
  return run;
}

async function killedAfter(cwd: string, kind: JournalRow['kind'], count: number): Promise<void> {
  const run = await runUntil(cwd, kind, count);
  run.process.kill('SIGKILL');
  await once(run.process, 'close');
}

/** What the seed decides of the launches that count; how many blocks fit into one is the machine's. */
function scheduleOf(rows: readonly JournalRow[]) {
  return rows.flatMap((finish) => {
    if (finish.kind !== 'finish') return [];
    const launch = rows.find((row) => row.kind === 'launch' && row.launch === finish.launch);
    if (launch?.kind !== 'launch') throw new Error(`launch ${finish.launch} has no beginning`);
    const { cell, round, attempt, startOrder, swapped } = launch;
    const order = rows.flatMap((row) =>
      row.kind === 'slice' && row.launch === launch.launch ? [row.role] : [],
    );
    return [{ ...{ cell, round, attempt, startOrder, swapped }, order: order.slice(0, 8) }];
  });
}

const reportFiles = (cwd: string): string[] =>
  ['report.json', 'report.html'].map((name) => readFileSync(fileOf(cwd, name), 'utf8'));

let uninterrupted: ReturnType<typeof scheduleOf> = [];
beforeAll(async () => {
  const folder = folderWithMatrix();
  expect((await bench(compare, folder)).code).toBe(0);
  uninterrupted = scheduleOf(journalOf(folder));
  expect(uninterrupted).toHaveLength(6);
  expect(uninterrupted.every(({ order }) => order.length === 8)).toBe(true);
});

/** That a complete run measured what one that was never ended would have, and that its journal gives its report. */
async function expectTheSame(cwd: string): Promise<void> {
  expect(scheduleOf(journalOf(cwd))).toEqual(uninterrupted);
  expect(reportOf(cwd)).toMatchObject({ state: 'complete', warnings: [{ code: 'resumed' }] });
  const before = reportFiles(cwd);
  expect(await bench(['report', 'latest'], cwd)).toMatchObject({ code: 0, stderr: '' });
  expect(reportFiles(cwd)).toEqual(before);
  expect(markedProcesses(path.basename(runFolder(cwd)))).toEqual([]);
}

describe('a run that was killed', () => {
  it.each([
    ['before its first launch', 'header', 1, ''],
    ['within its first launch', 'slice', 5, ''],
    ['within a row, when the machine crashed', 'finish', 2, '{"kind":"slice","launch":3,"cel'],
    ['within its last launch', 'launch', 6, ''],
  ] as const)('%s is resumed to what it would have been', async (_when, kind, count, cutOff) => {
    const folder = folderWithMatrix();
    await killedAfter(folder, kind, count);
    appendFileSync(fileOf(folder, 'journal.ndjson'), cutOff);
    const listed = await bench(['list'], folder);
    expect(listed.stdout).toContain(
      `unfinished; to continue it: bench compare --resume ${path.relative(folder, runFolder(folder))}`,
    );
    expect(await bench(resume, folder)).toMatchObject({ code: 0, stderr: '' });
    await expectTheSame(folder);
  });

  it('twice is resumed twice, and then there is nothing left to resume', async () => {
    const folder = folderWithMatrix();
    await killedAfter(folder, 'finish', 1);
    const again = startBench(resume, folder);
    await until(() => rowsOf(folder, 'finish') >= 3, 60_000);
    again.process.kill('SIGKILL');
    await once(again.process, 'close');
    expect(await bench(resume, folder)).toMatchObject({ code: 0, stderr: '' });
    await expectTheSame(folder);
    expect(journalOf(folder).filter(({ kind }) => kind === 'resume')).toHaveLength(2);
    expect(reportOf(folder).warnings[0]?.message).toContain('resumed 2 times');

    const { code, stderr } = await bench(resume, folder);
    expect(stderr).toContain('is complete: there is nothing to resume');
    expect(code).toBe(2);
  });
});

describe('a run that was interrupted', () => {
  it('says how it is continued, and that command continues it', async () => {
    const folder = folderWithMatrix();
    const run = await runUntil(folder, 'finish', 1);
    run.process.kill('SIGINT');
    const { code, stdout, stderr } = await run.finished;
    expect(code).toBe(130);
    expect(stdout).toContain(
      `Continue it with \`bench compare --resume ${path.basename(runFolder(folder))}\``,
    );
    const [, command = ''] = /to continue it: bench (.*)/.exec(stderr) ?? [];
    expect(await bench([...command.split(' '), '--quiet'], folder)).toMatchObject({ code: 0 });
    await expectTheSame(folder);
  });
});

describe('runs that are kept under a label', () => {
  it('are resumed, and so are comparisons with them', async () => {
    const folder = folderWithMatrix();
    const quiet = ['--only', 'reuse=close', '--quiet'];
    const kept = ['run', '--label', 'before', '--variant', 'a', '--launches', '3', ...quiet];
    const compared = ['compare', '--baseline', 'run:before', '--candidate', 'b', ...quiet];
    for (const [index, args] of [kept, [...compared, '--fail-on', 'never']].entries()) {
      const run = startBench(args, folder);
      await until(() => finishesOfRun(folder, index) >= 1, 60_000);
      run.process.kill('SIGKILL');
      await once(run.process, 'close');
      expect(await bench(resume, folder)).toMatchObject({ code: 0, stderr: '' });
    }
    const { stdout } = await bench(['report', 'latest', '--format', 'json', '--out', '-'], folder);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ state: 'complete', compare: { kind: 'unpaired' } },
      cells: [{ launches: 3, baselineLaunches: 3 }],
    });
    expect(stdout.match(/"code": "resumed"/g)).toHaveLength(2);
  });
});

describe('a run is not resumed', () => {
  const folder = folderWithMatrix();
  const refusal = async (...more: string[]): Promise<string> => {
    const before = readFileSync(fileOf(folder, 'journal.ndjson'), 'utf8');
    const { code, stdout, stderr } = await bench([...resume, ...more], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readFileSync(fileOf(folder, 'journal.ndjson'), 'utf8')).toBe(before);
    return stderr;
  };

  it('while it is still measured', async () => {
    const run = await runUntil(folder, 'launch', 1);
    // Held there: it cannot come to its end meanwhile.
    run.process.kill('SIGSTOP');
    expect(await refusal()).toContain(`still being measured, by process ${run.process.pid}`);
    expect((await bench(['list'], folder)).stdout).toMatch(/a → b {2}running\n/);
    run.process.kill('SIGKILL');
    await once(run.process, 'close');
  });

  it('with another plan', async () => {
    expect(await refusal('--launches', '9')).toContain('--launches cannot be said with --resume');
    expect(await refusal('--strict')).toContain('--strict cannot be said with --resume');
  });

  it.each([
    ['a setting', matrix.replace('250ms', '700ms'), 'measure.sliceTimeMs was 250 and is 700'],
    [
      'a value that is not stored',
      matrix.replace('ARM: b', 'ARM: c'),
      'a value that is not stored',
    ],
    ['the cells', `${matrix}exclude: [{ reuse: close }]`, 'the list of cells was'],
  ])('after its matrix was changed: %s', async (_what, text, words) => {
    writeMatrix(folder, text);
    const said = await refusal();
    writeMatrix(folder, matrix);
    expect(said).toMatch(
      /changed since run .*bench\.matrix\.yaml|bench\.matrix\.yaml was changed since run/,
    );
    expect(said).toContain(words);
  });

  it('on another Node, or by another release', async () => {
    const file = fileOf(folder, 'journal.ndjson');
    const journal = readFileSync(file, 'utf8');
    const [line = '', ...rows] = journal.split('\n');
    const header = JSON.parse(line);
    const changed = async (change: object): Promise<string> => {
      writeFileSync(file, [JSON.stringify({ ...header, ...change }), ...rows].join('\n'));
      const said = await refusal();
      writeFileSync(file, journal);
      return said;
    };
    const { 'reuse=close': close, ...others } = header.fingerprints;
    const candidate = { ...close.candidate, node: '20.20.99' };
    expect(
      await changed({ fingerprints: { ...others, 'reuse=close': { ...close, candidate } } }),
    ).toContain('node of candidate was 20.20.99 and is');
    expect(await changed({ machine: { ...header.machine, kernel: '2.4.0' } })).toContain(
      'kernel was 2.4.0 and is',
    );
    expect(await changed({ tool: { ...header.tool, version: '0.0.1' } })).toContain(
      'was begun by bench-matrix 0.0.1 (schema 8), and this is bench-matrix',
    );
    expect(await changed({ origin: null })).toContain('has a plan that cannot be made again');
  });

  it('by a name that no run has', async () => {
    const { code, stderr } = await bench(['compare', '--resume', 'nope'], folder);
    expect(stderr).toContain('no run "nope"');
    expect(code).toBe(2);
  });
});
