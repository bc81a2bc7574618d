import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RuntimeSpec } from '../../../src/model/settings.ts';
import type { Installer, Run } from '../../../src/subject/installer.ts';
import { findPython } from '../../../src/subject/python.ts';
import { freshFolder } from '../../support/bench.ts';

const failed = { exitCode: 1, stdout: '', stderr: 'no' };
const says = (stdout: string) => ({ exitCode: 0, stdout, stderr: '' });
const uv: Installer = { kind: 'uv', file: '/uv', name: 'uv 1' };

/** @param onPath the versions that programs of these names on PATH say, null of one that fails; @param pyenv its versions. */
function world(
  onPath: Readonly<Record<string, string | null>>,
  pyenv: readonly string[] = [],
  { installer = { kind: 'pip' }, known = failed }: { installer?: Installer; known?: object } = {},
) {
  const [searchPath, versions] = [freshFolder(), freshFolder()];
  const answers = new Map<string, string>([['/from/uv/python', '3.12.1']]);
  for (const [name, version] of Object.entries(onPath)) {
    const file = path.join(searchPath, name);
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    if (version !== null) answers.set(file, version);
  }
  for (const version of pyenv) {
    mkdirSync(path.join(versions, version));
    answers.set(path.join(versions, version, 'bin', 'python3'), version);
  }
  const run: Run = async (file) => {
    if (file === '/uv') return { ...failed, ...known };
    const version = answers.get(file);
    return version === undefined
      ? failed
      : says(JSON.stringify({ file: `base of ${file}`, version }));
  };
  const find = (runtime: RuntimeSpec) =>
    findPython(runtime, { run, installer, searchPath, pyenv: versions });
  return { find, searchPath, versions };
}

const python = (version: string): RuntimeSpec => ({ kind: 'python', version });

describe('a Python is found', () => {
  it('as python3 on PATH, by its own file and not that of a shim', async () => {
    const { find, searchPath } = world({ python3: '3.11.2' });
    const file = `base of ${path.join(searchPath, 'python3')}`;
    const found = { file, version: '3.11.2', source: 'python3 on PATH' };
    expect(await find({ kind: 'current' })).toEqual(found);
  });

  it('on PATH before pyenv, where it is of the version', async () => {
    const { find } = world({ 'python3.11': '3.11.2' }, ['3.11.7']);
    expect(await find(python('3.11'))).toMatchObject({ source: 'python3.11 on PATH' });
    expect(await find(python('3.11.7'))).toMatchObject({ version: '3.11.7', source: 'pyenv' });
  });

  it('as the newest of pyenv, where the shim on PATH fails', async () => {
    const { find } = world({ 'python3.9': null }, ['3.9.2', '3.9.18', '3.9-dev', '3.90.1']);
    expect(await find(python('3.9'))).toMatchObject({ version: '3.9.18', source: 'pyenv' });
  });

  it('where uv knows it', async () => {
    const known = says('/from/uv/python\n');
    const { find } = world({}, [], { installer: uv, known });
    expect(await find(python('3.12'))).toMatchObject({ version: '3.12.1', source: 'uv' });
  });

  it('by its path', async () => {
    const { find, searchPath } = world({ mine: '3.8.1' });
    const file = path.join(searchPath, 'mine');
    expect(await find({ kind: 'path', path: file })).toMatchObject({ source: 'a path' });
  });
});

describe('one that is not there is said', () => {
  it.each<[string, RuntimeSpec, string]>([
    [
      'python3 on PATH',
      { kind: 'current' },
      'there is no python3 on PATH. Install one (`apt-get install python3 python3-venv`, `brew install python`), or write client.runtime: /path/to/python.',
    ],
    [
      'a path',
      { kind: 'path', path: '/bin/ls' },
      '/bin/ls does not run as a Python. Give the path of a Python, or a version such as python@3.11.',
    ],
    [
      'a version',
      python('3.12'),
      'there is no Python 3.12 here: not as python3.12 on PATH, not in VERSIONS, and not known to uv. Install it (`uv python install 3.12`, `pyenv install 3.12`), or give the path of one.',
    ],
  ])('%s', async (_, runtime, message) => {
    const { find, versions } = world({}, ['3.11.7'], { installer: uv });
    await expect(find(runtime)).rejects.toThrow(
      `client.runtime: ${message.replace('VERSIONS', versions)}`,
    );
  });

  it('python3 that does not run', async () => {
    const { find, searchPath } = world({ python3: null });
    await expect(find({ kind: 'current' })).rejects.toThrow(
      `client.runtime: ${path.join(searchPath, 'python3')} does not run as a Python. Write client.runtime: python@3.11, or the path of one.`,
    );
  });
});
