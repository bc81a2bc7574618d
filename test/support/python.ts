import { findInstaller, runFor } from '../../src/subject/installer.ts';
import { findPython, pyenvVersions } from '../../src/subject/python.ts';
import { BenchFailure } from '../../src/model/failure.ts';

/** Why subjects from PyPI cannot be had here on Python 3.11, or null. */
export async function lacksPython(): Promise<string | null> {
  const searchPath = process.env.PATH ?? '';
  const run = runFor(process.env, 'tests');
  const installer = await findInstaller(searchPath, run);
  if (installer.kind !== 'uv') return 'uv is not on PATH: `pip install uv`';
  try {
    const search = { run, installer, searchPath, pyenv: pyenvVersions(process.env) };
    await findPython({ kind: 'python', version: '3.11' }, search);
    return null;
  } catch (error) {
    if (error instanceof BenchFailure) return error.message;
    throw error;
  }
}
