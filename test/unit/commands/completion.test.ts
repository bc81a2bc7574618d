import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../src/commands/cli.ts';
import { completionRequest } from '../../../src/commands/completion.ts';
import type { World } from '../../../src/commands/world.ts';
import { freshFolder } from '../../support/bench.ts';

const own = `
axes:
  version: { old: {}, 'a:b': {} }
  tls: { none: {}, '1.3': { connection: { tls: '1.3' } } }
  size: { small: {}, big: { target: { bodyBytes: 1kB } } }
`;

/** yargs asks the process itself which shell it is in. */
beforeEach(() => {
  vi.stubEnv('SHELL', '/bin/bash');
  vi.stubEnv('ZSH_NAME', undefined);
});

async function printed(argv: readonly string[], cwd: string, env = {}): Promise<string> {
  let text = '';
  const stdout = {
    write: (more: string) => {
      text += more;
    },
  };
  const world = { stdout, stderr: { write: () => {} }, env, cwd };
  expect(await run(argv, world as unknown as World)).toBe(0);
  return text;
}

const completed = async (line: readonly string[], cwd: string, env = {}): Promise<string[]> =>
  (await printed([completionRequest, 'bench', ...line], cwd, env)).split('\n').filter(Boolean);

function folderWith(matrix: string, file = 'bench.matrix.yaml'): string {
  const cwd = freshFolder();
  writeFileSync(path.join(cwd, file), matrix);
  return cwd;
}

describe('what completes a line', () => {
  it('commands and options', async () => {
    const cwd = freshFolder();
    expect(await completed([''], cwd)).toEqual(expect.arrayContaining(['compare', 'completion']));
    const options = await completed(['compare', '--'], cwd);
    expect(options).toEqual(expect.arrayContaining(['--baseline', '--only', '--quiet']));
    expect(await completed(['compare', '--fail-on', ''], cwd)).toContain('never');
    expect(await completed(['report', 'latest', '--'], cwd)).not.toContain('--baseline');
  });

  it.each<readonly [readonly string[], readonly string[]]>([
    [
      ['--matrix', 'in'],
      ['incident', 'incident-paced'],
    ],
    [['--matrix', './'], []],
    [
      ['--format', 'j'],
      ['json', 'junit'],
    ],
    [
      ['--axis', ''],
      ['version', 'tls', 'size'],
    ],
    [
      ['--baseline', ''],
      ['old', 'a:b'],
    ],
    [['--baseline', 'old,'], []],
    [
      ['--candidate', ''],
      ['old', 'a:b'],
    ],
    [['--candidate', 'old,'], ['old,a:b']],
    [['--candidate', 'node@20,o'], ['node@20,old']],
    [
      ['--candidate', 'old,a:b', '--only', 'v'],
      ['version=old', 'version=a:b'],
    ],
    [['--candidate', 'old', '--only', 'v'], []],
    [['--candidate', 'o'], ['old']],
    [['run', '--variant', 'o'], ['old']],
    [
      ['--axis', 'size', '--baseline', ''],
      ['small', 'big'],
    ],
    [
      ['--matrix', 'smoke', '--baseline', ''],
      ['v1', 'v2'],
    ],
    [['--matrix', 'nowhere.yaml', '--baseline', ''], []],
    [
      ['--only', ''],
      ['tls=none', 'tls=1.3', 'size=small', 'size=big'],
    ],
    [
      ['--only', 'tls='],
      ['tls=none', 'tls=1.3'],
    ],
    [
      ['--only', 'tls=1.3,'],
      ['tls=1.3,size=small', 'tls=1.3,size=big'],
    ],
  ])('%s', async (line, values) => {
    expect(await completed(['compare', ...line], folderWith(own))).toEqual(values);
  });

  it('programs and formats of others', async () => {
    const cwd = freshFolder();
    expect(await completed(['import', ''], cwd)).toEqual(['k6', 'locust', 'autocannon', 'wrk']);
    expect(await completed(['scenario', ''], cwd)).toEqual(['har', 'openapi', 'curl']);
    expect(await completed(['scenario', 'openapi', 'x', '--methods', 'p'], cwd)).toEqual([
      ...['post', 'put', 'patch'],
    ]);
  });

  it('runs that are stored', async () => {
    const cwd = freshFolder();
    for (const root of ['reports', 'elsewhere']) {
      mkdirSync(path.join(cwd, root, `20260101-${root}`), { recursive: true });
      writeFileSync(path.join(cwd, root, `20260101-${root}`, 'journal.ndjson'), '');
    }
    expect(await completed(['report', ''], cwd)).toEqual(['latest', '20260101-reports']);
    expect(await completed(['report', '2'], cwd)).toEqual(['20260101-reports']);
    const named = await completed(['--out', 'elsewhere', 'report', ''], cwd);
    expect(named).toContain('20260101-elsewhere');
  });

  it('nothing of a matrix that is a program, which is not run for it', async () => {
    const cwd = folderWith('throw new Error("was run");', 'bench.matrix.ts');
    expect(await completed(['compare', '--baseline', ''], cwd)).toEqual([]);
  });

  it('zsh gets colons escaped', async () => {
    const line = ['compare', '--baseline', ''];
    const values = await completed(line, folderWith(own), { SHELL: '/bin/zsh' });
    expect(values).toEqual(['old', 'a\\:b']);
  });
});

it('the script is yargs’s, for bash with words that are not taken apart', async () => {
  const script = await printed(['completion'], freshFolder());
  expect(script).toMatch(
    /^COMP_WORDBREAKS=.*\nCOMP_WORDBREAKS=.*\n###-begin-bench-completions-###/,
  );
  expect(script).toContain(`bench ${completionRequest}`);
});
