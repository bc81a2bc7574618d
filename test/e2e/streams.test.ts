import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bench, type Finished, freshFolder, runFolder, startBench } from '../support/bench.ts';

const matrix = `
axes: { version: { a: { client: { env: { ARM: a } } }, b: { client: { env: { ARM: b } } } } }
measure: { launches: 2, sliceTime: 100ms, warmup: 50ms }
`;
const roles = ['--baseline', 'a', '--candidate', 'b'];

function benchGiven(stdin: string, args: readonly string[], cwd: string): Promise<Finished> {
  const run = startBench(args, cwd);
  run.process.stdin?.end(stdin);
  return run.finished;
}

describe('- in place of a file', () => {
  it('reads the matrix from stdin, and prints one format and nothing else to stdout', async () => {
    const folder = freshFolder();
    const args = ['compare', '--matrix', '-', ...roles, '--fail-on', 'never'];
    const run = await benchGiven(matrix, [...args, '--format', 'json', '--out', '-'], folder);
    expect(run.code).toBe(0);
    const report = JSON.parse(run.stdout);
    expect(report).toMatchObject({ state: 'complete', matrix: { name: 'stdin', file: 'stdin' } });
    expect(run.stderr).toMatch(/^run \S+: 1 cell, 2 launches/m);

    const stored = runFolder(folder);
    expect(path.basename(stored)).toBe(report.id);
    expect(
      ['json', 'html'].map((format) => existsSync(path.join(stored, `report.${format}`))),
    ).toEqual([false, false]);
    const again = await bench(['report', 'latest', '--format', 'json', '--out', '-'], folder);
    expect(again).toEqual({ code: 0, stdout: run.stdout, stderr: '' });
    const page = await bench(['report', 'latest', '--format', 'html', '--out', '-'], folder);
    await bench(['report', 'latest'], folder);
    expect(page.stdout).toBe(readFileSync(path.join(stored, 'report.html'), 'utf8'));
  });

  it.each([
    [
      ['compare', ...roles, '--out', '-'],
      '--out -: standard output takes one format, and --format names 2.',
    ],
    [['report', 'latest', '--out', '-', '--format', ''], '--format names 0.'],
    [['plan', ...roles, '--out', '-'], '--out -: only compare and report print a report.'],
    [['list', '--out', '-'], '--out -: only compare and report print a report.'],
    [['plan', ...roles, '--matrix', '-'], 'stdin:2:12: axes.version: the axis has no variants.'],
    [['plan', ...roles, '--matrix'], 'Not enough arguments following: matrix'],
  ])('%s is one clear line', async (args, words) => {
    const { code, stdout, stderr } = await benchGiven(
      'axes:\n  version: {}\n',
      args,
      freshFolder(),
    );
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
