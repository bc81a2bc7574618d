import { readFileSync } from 'node:fs';
import path from 'node:path';
import { x } from 'tinyexec';
import { findProgram } from '../machine/files.ts';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import type { EngineSpec } from '../model/settings.ts';
import { type InstallWorld, installPackage } from './package.ts';

export interface InstalledProgram {
  /** The empty string where we are the engine. */
  readonly file: string;
  /** The program and all that it brought along. */
  readonly fingerprint: SubjectFingerprint;
}

/** Makes the engine's own program ready to run. @throws BenchFailure with the command that installs what is missing. */
export async function installProgram(
  engine: EngineSpec,
  copy: 'a' | 'b',
  world: InstallWorld & { readonly searchPath: string },
): Promise<InstalledProgram> {
  switch (engine.kind) {
    case 'http':
      return { file: '', fingerprint: {} };
    case 'wrk':
      return findWrk(world.searchPath);
    case 'autocannon': {
      const called = (version: string): string => `npm:autocannon@${version}`;
      const wanted = { name: 'autocannon', version: engine.version, called, installing: called };
      const installed = await installPackage({ ...wanted, shelf: 'programs' }, copy, world);
      return {
        file: path.join(installed.folder, 'node_modules', 'autocannon', 'autocannon.js'),
        fingerprint: { program: installed.source, ...dependenciesIn(installed.folder) },
      };
    }
  }
}

async function findWrk(searchPath: string): Promise<InstalledProgram> {
  const file = findProgram('wrk', searchPath);
  if (file === null) {
    throw new BenchFailure(
      'configuration',
      'client.engine: wrk is not on PATH. Install it (`apt-get install wrk`, `brew install wrk`), or choose engine http or autocannon.',
    );
  }
  // It prints its version and leaves with 1.
  const { stdout } = await x(file, ['-v']);
  return { file, fingerprint: { program: stdout.split('\n')[0]?.trim() ?? 'wrk' } };
}

/** Incidents are dependency drift: every package that came along, by its version. */
function dependenciesIn(folder: string): SubjectFingerprint {
  const lock = JSON.parse(
    readFileSync(path.join(folder, 'node_modules', '.package-lock.json'), 'utf8'),
  ) as { readonly packages?: Readonly<Record<string, { readonly version?: string }>> };
  return Object.fromEntries(
    Object.entries(lock.packages ?? {}).map(([key, { version }]) => [
      key.replace(/^node_modules\//, ''),
      version ?? 'unknown',
    ]),
  );
}
