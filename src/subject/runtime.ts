import path from 'node:path';
import { newest, type RuntimeSpec } from '../model/settings.ts';
import { nodePackage } from './node-package.ts';
import { type InstallWorld, installPackage } from './package.ts';

export interface InstalledRuntime {
  readonly file: string;
  /** Where it came from, for the fingerprint. */
  readonly source: string;
}

/** Makes a runtime ready to run. */
export async function installRuntime(
  runtime: RuntimeSpec,
  copy: 'a' | 'b',
  world: InstallWorld,
): Promise<InstalledRuntime> {
  if (runtime.kind === 'current')
    return { file: process.execPath, source: 'the Node that runs bench' };
  if (runtime.kind === 'path') return { file: runtime.path, source: 'a path' };
  const name = nodePackage(world.platform, world.arch, runtime.version);
  const { folder, source } = await installPackage(
    {
      ...{ name, version: runtime.version, shelf: 'runtimes', resolution: newest },
      called: (version) => `node@${version} (${name}@${version})`,
      orElse: 'give the path of a Node, `/path/to/node`',
      installing: (version) =>
        `node@${version} (${name}, a third party's package of the official build)`,
    },
    copy,
    world,
  );
  return { file: path.join(folder, 'node_modules', name, 'bin', 'node'), source };
}
