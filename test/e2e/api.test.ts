import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, markedProcesses, reportOf, runFolder } from '../support/bench.ts';

/** The packed package in a project of its own: its types, its functions, and what docs/api.md shows. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const tsc = path.join(root, 'node_modules', '.bin', 'tsc');
const project = freshFolder();

const examples = new Map(
  [
    ...readFileSync(path.join(root, 'docs/api.md'), 'utf8').matchAll(/```ts (\S+)\n([\s\S]*?)```/g),
  ].map(([, file = '', text = '']) => [file, text]),
);

/** Told everything, and left nothing behind. */
const program = `
import { BenchFailure, compare, defineMatrix, plan, report, type Matrix, type Progress, type Report } from 'bench-matrix';

const matrix: Matrix = {
  axes: { version: { a: { client: { env: { ARM: 'a' } } }, b: { client: { env: { ARM: 'b' } } } } },
  measure: { launches: 2, sliceTime: '100ms', warmup: '50ms' },
};
const options = { baseline: 'a', candidate: 'b', matrix: defineMatrix(async () => matrix), failOn: 'never', out: 'called' } as const;
const listeners = () => process.eventNames().map((name) => [name, process.listenerCount(name)]);
const before = listeners();

const planned = await plan({ ...options, seed: 7, set: ['target.bodyBytes=5'] });
const told: Progress[] = [];
const run = compare({ ...options, formats: ['json'], onProgress: (progress) => void told.push(progress) });
const second = await compare(options).catch((error: unknown) => error);
const { report: found, folder } = await run;
const again: Report = (await report('latest', options)).report;

const interruption = new AbortController();
const interrupted = await compare({
  ...options,
  out: 'interrupted',
  signal: interruption.signal,
  onProgress: ({ kind }) => { if (kind === 'launch') interruption.abort(); },
});
const late = await compare({ ...options, signal: AbortSignal.abort() }).catch((error: unknown) => error);
const wrong = await plan({ ...options, launches: 1 }).catch((error: unknown) => error);
const failed = await plan({ ...options, matrix: () => { throw new Error('boom'); } }).catch((error: unknown) => error);
const unknown = await plan({ ...options, matrix: JSON.parse('{ "axis": {} }') }).catch((error: unknown) => error);
const said = (error: unknown) => error instanceof BenchFailure ? [error.kind, error.message] : ['', String(error)];
const { writeFileSync } = await import('node:fs');
writeFileSync('told.json', JSON.stringify({
  planned, found, again, folder, told, state: interrupted.report.state,
  failures: [second, late, wrong, failed, unknown].map(said),
  listeners: [before, listeners()],
}));
`;

/** What an editor would underline. */
const wrongPrograms = `
import { compare, defineMatrix } from 'bench-matrix';
// @ts-expect-error a key that is misspelt
defineMatrix({ axes: { version: { v1: { client: { workrs: 1 } } } } });
// @ts-expect-error a mode that there is not
defineMatrix(() => ({ connection: { tls: '1.4' } }));
// @ts-expect-error a text in place of a number
defineMatrix({ measure: { launches: '2' } });
// @ts-expect-error nothing to compare with
export const run = () => compare({ candidate: 'v2' });
`;

const call = promisify(execFile);
/** Its standard output, where it ends with 0. */
const done = async (file: string, args: readonly string[]): Promise<string> => {
  const { stdout } = await call(file, [...args], { cwd: project });
  return stdout;
};
const outcomeOf = (file: string, args: readonly string[]) =>
  call(file, [...args], { cwd: project }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

beforeAll(async () => {
  const packed = await call(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', project],
    { cwd: root },
  );
  const tarball = packed.stdout.trim();
  const files = {
    'package.json': JSON.stringify({ private: true, type: 'module' }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        ...{ module: 'nodenext', target: 'es2022', strict: true, exactOptionalPropertyTypes: true },
        // The types that the package ships must hold without it.
        skipLibCheck: false,
        ...{ types: ['node'], typeRoots: [path.join(root, 'node_modules', '@types')] },
        ...{ rootDir: '.', outDir: 'out' },
      },
      include: ['*.ts'],
    }),
    'program.ts': program,
    'wrong.ts': wrongPrograms,
    ...Object.fromEntries(examples),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(project, name), text);
  await done('npm', [
    'install',
    `./${tarball}`,
    '--prefer-offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]);
});

describe('the package in a project that installed it', () => {
  it('has types that TypeScript accepts, and that refuse what is wrong', async () => {
    expect([...examples.keys()]).toEqual(['bench.matrix.ts', 'gate.ts']);
    expect(await outcomeOf(tsc, ['-p', '.'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('keeps what is not public to itself', async () => {
    const reach = "await import('bench-matrix/dist/index.js')";
    const { stderr } = await outcomeOf(process.execPath, ['--input-type=module', '-e', reach]);
    expect(stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
    await done(process.execPath, ['-e', "require('bench-matrix/matrix/schema.json')"]);
  });

  it('compares, plans and reports from a program', async () => {
    const { code, stdout, stderr } = await outcomeOf(process.execPath, ['out/program.js']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    const said = JSON.parse(readFileSync(path.join(project, 'told.json'), 'utf8'));
    expect(said.planned).toMatchObject({ seed: 7, matrix: { name: 'inline', file: 'matrix' } });
    expect(said.planned.cells[0].arms.baseline.target.bodyBytes).toBe(5);
    const written = readFileSync(path.join(said.folder, 'report.json'), 'utf8');
    expect(said.found).toEqual(JSON.parse(written));
    expect(said.again).toEqual(said.found);
    expect(said.found).toMatchObject({ state: 'complete', exitCode: 0 });
    expect(said.folder).toBe(path.join(project, 'called', said.found.id));
    expect(readdirSync(said.folder)).not.toContain('report.html');
    expect(said.told.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['note', 'note', 'launch', 'launch', 'measured'],
    ]);
    expect(said.state).toBe('interrupted');
    expect(said.failures).toEqual([
      ['configuration', expect.stringContaining('another comparison runs in this process')],
      ['interrupted', 'interrupted before anything ran'],
      ['configuration', expect.stringContaining('--launches: 1 is not a whole number')],
      ['configuration', 'matrix: its function failed: boom. Correct it.'],
      ['configuration', 'matrix: axis: unknown key. Did you mean "axes"?'],
    ]);
    expect(said.listeners[1]).toEqual(said.listeners[0]);
    expect(markedProcesses(said.found.id)).toEqual([]);
  });
});

describe('what docs/api.md shows', () => {
  it('is planned by the command', async () => {
    const args = ['--baseline', 'v1', '--candidate', 'v2'];
    const stdout = await done('npx', ['bench', 'plan', ...args]);
    expect(stdout).toContain('body=1kB');
    expect(stdout).toContain('body=64kB');
  });

  it('gates', async () => {
    const { code, stdout, stderr } = await outcomeOf(process.execPath, ['out/gate.js']);
    const { cells, exitCode } = reportOf(project);
    expect(cells.map(({ id }) => id)).toEqual(['body=1kB']);
    expect(stdout).toBe(`body=1kB: ${cells[0]?.verdict}\n${runFolder(project)}\n`);
    expect(stderr).toMatch(/^(body=1kB: \d+ %\n)+$/);
    expect(code).toBe(exitCode);
    expect(existsSync(path.join(runFolder(project), 'report.html'))).toBe(true);
  });
});
