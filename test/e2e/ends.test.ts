import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  bench,
  freshFolder,
  journalOf,
  markedProcesses,
  reportOf,
  runFolder,
  startBench,
} from '../support/bench.ts';
import { until } from '../support/until.ts';

const smoke = [
  'compare',
  '--matrix',
  'smoke',
  '--baseline',
  'v1',
  '--candidate',
  'v2',
  '--only',
  'reuse=keep-alive',
];

/** Resolves when stderr has said the words: the run itself tells how far it is. */
function said(stream: NodeJS.ReadableStream | null, words: string): Promise<void> {
  return new Promise((resolve) => {
    let text = '';
    stream?.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes(words)) resolve();
    });
  });
}

describe('a run that is ended from outside', () => {
  it('SIGINT keeps what was measured and exits 130', async () => {
    const folder = freshFolder();
    const run = startBench(smoke, folder);
    await said(run.process.stderr, 'launch 3:');
    run.process.kill('SIGINT');
    const { code } = await run.finished;
    expect(code).toBe(130);
    expect(journalOf(folder).at(-1)).toMatchObject({ kind: 'end', state: 'interrupted' });
    expect(reportOf(folder).state).toBe('interrupted');
    expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
  });

  it('SIGKILL leaves no process within 2 s, and the stored run stays readable', async () => {
    const folder = freshFolder();
    const run = startBench(smoke, folder);
    await said(run.process.stderr, 'launch 2:');
    // The line is said just before the launch's processes are started.
    await until(() => markedProcesses(path.basename(runFolder(folder))).length > 0, 10_000);
    expect(markedProcesses(path.basename(runFolder(folder))).length).toBeGreaterThan(0);
    run.process.kill('SIGKILL');
    await once(run.process, 'close');
    await until(() => markedProcesses(path.basename(runFolder(folder))).length === 0, 2_000);
    expect(markedProcesses(path.basename(runFolder(folder)))).toEqual([]);
    const listed = await bench(['list'], folder);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toMatch(
      /v1 → v2 {2}unfinished; to continue it: bench compare --resume reports/,
    );
    const rendered = await bench(['report', 'latest'], folder);
    expect(rendered.stdout).toContain('the run did not finish');
  });
});
