import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostWorld } from '../../src/commands/host-world.ts';
import type { JournalRow } from '../../src/model/journal.ts';
import type { Report } from '../../src/model/report.ts';

/** The built command. */
export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for each test: what a run writes is never another's. */
export const freshFolder = (): string => mkdtempSync(path.join(tmpdir(), 'bench-test-'));

export function startBench(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  node = process.execPath,
): { readonly process: ChildProcess; readonly finished: Promise<Finished> } {
  const child = spawn(node, [cli, ...args], { cwd, env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { process: child, finished };
}

/** The built command, as a user runs it. */
export const bench = (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  node = process.execPath,
): Promise<Finished> => startBench(args, cwd, env, node).finished;

/** The built command within this process, for calls that measure nothing: most of their time a process of their own would only load. */
export async function benchHere(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const world = hostWorld(process, streams, new AbortController().signal);
  const built: typeof import('../../src/commands/cli.ts') = await import(
    new URL('../../dist/commands/cli.js', import.meta.url).href
  );
  const code = await built.run(args, { ...world, cwd, env: { ...process.env, ...env } });
  return { code, ...written };
}

export function writeMatrix(folder: string, text: string): void {
  writeFileSync(path.join(folder, 'bench.matrix.yaml'), text);
}

/** The only run in a folder. */
export function runFolder(cwd: string): string {
  const [run, ...others] = readdirSync(path.join(cwd, 'reports'));
  if (run === undefined || others.length > 0) throw new Error(`expected one run in ${cwd}`);
  return path.join(cwd, 'reports', run);
}

export const reportOf = (cwd: string): Report =>
  JSON.parse(readFileSync(path.join(runFolder(cwd), 'report.json'), 'utf8')) as Report;

export const journalOf = (cwd: string): JournalRow[] =>
  readFileSync(path.join(runFolder(cwd), 'journal.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalRow);

/** Processes that carry the mark of a run, or of any; zombies have no environment left and do not count. */
export function markedProcesses(run = ''): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8')
          .split('\0')
          .some((v) => v.startsWith(`BENCH_RUN=${run}`));
      } catch {
        return false;
      }
    });
}
