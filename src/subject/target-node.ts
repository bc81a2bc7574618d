import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import type { StartTarget } from '../model/settings.ts';
import { measuredEnvironment } from '../process/environment.ts';
import { askNode } from './inspect.ts';
import { installRuntime } from './runtime.ts';
import type { Arm, TargetWorld } from './target.ts';

/** The Node that a server is told to run on. */
export interface TargetNode {
  readonly bin: string | null;
  readonly fingerprint: SubjectFingerprint;
}

/** @throws BenchFailure where it does not run, or would not be found */
export async function nodeOf(
  { runtime }: StartTarget,
  arm: Arm,
  world: TargetWorld,
): Promise<TargetNode> {
  if (runtime === null) return { bin: null, fingerprint: {} };
  const { file, source } = await installRuntime(runtime, arm.copy, world);
  const env = measuredEnvironment(world.environment, world.mark, {});
  const {
    node = 'unknown',
    openssl = 'unknown',
    v8 = 'unknown',
  } = await askNode(path.resolve(world.cwd, file), env, 'target.runtime');
  if (path.basename(file) !== 'node')
    throw new BenchFailure(
      'configuration',
      `target.runtime: ${file} is not called node, and would not be found by that name on the PATH. Give the path of one that is.`,
    );
  return {
    bin: path.dirname(path.resolve(world.cwd, file)),
    fingerprint: {
      ...{ 'target node': node, 'target openssl': openssl, 'target v8': v8 },
      'target source': source,
    },
  };
}

/** @param bin null leaves the PATH alone. */
export const withFirstOnPath = (
  env: Readonly<Record<string, string>>,
  bin: string | null,
): Record<string, string> =>
  bin === null
    ? { ...env }
    : { ...env, PATH: [bin, env.PATH].filter((part) => part !== undefined).join(path.delimiter) };
