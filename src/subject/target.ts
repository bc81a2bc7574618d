import type { SubjectFingerprint } from '../model/fingerprint.ts';
import type { StartTarget } from '../model/settings.ts';
import type { Warning } from '../model/warning.ts';
import type { Environment } from '../process/environment.ts';
import { markVariable } from '../process/mark.ts';
import { endOfDay } from './as-of.ts';
import type { BuildFolders } from './build-folders.ts';
import { type Git, outsideHooks } from './git.ts';
import { dependencyFacts } from './lock-files.ts';
import type { InstallWorld } from './package.ts';
import { ownVariable, runSetup } from './setup.ts';
import { type Files, filesOf } from './target-files.ts';
import { nodeOf, type TargetNode, withFirstOnPath } from './target-node.ts';

/** A server of the user's, ready to be started. */
export interface PreparedTarget {
  /** Absolute: where its commands run. */
  readonly folder: string;
  /** Comes first on its PATH; null leaves that alone. */
  readonly bin: string | null;
  readonly fingerprint: SubjectFingerprint;
  readonly warnings: readonly Warning[];
}

export interface TargetWorld extends InstallWorld {
  /** Where relative folders begin. */
  readonly cwd: string;
  readonly git: Git;
  readonly folders: BuildFolders;
  /** Whether a file in the folder of a server is bench's own, and no part of it. */
  readonly isOurs: (file: string) => boolean;
  readonly environment: Environment;
  readonly mark: string;
  readonly signal: AbortSignal;
}

/** Whom a server is made ready for. */
export interface Arm {
  /** For messages: `baseline`. */
  readonly name: string;
  /** Where its setup says what it does. */
  readonly log: string;
  /** Of the runtime. */
  readonly copy: 'a' | 'b';
  /** Whether its files are another arm's too, and were made ready for that. */
  readonly isSetUp: boolean;
}

/** A server whose files are there and not yet set up. */
export interface FetchedTarget {
  readonly target: StartTarget;
  readonly arm: Arm;
  readonly files: Files;
  readonly node: TargetNode;
}

/** Gets the files of a server, and its runtime. @throws BenchFailure in one line */
export async function fetchTarget(
  target: StartTarget,
  arm: Arm,
  world: TargetWorld,
): Promise<FetchedTarget> {
  const files = await filesOf(target, arm, world);
  return { target, arm, files, node: await nodeOf(target, arm, world) };
}

/** Has its setup run, and says what came of all that. @throws BenchFailure in one line */
export async function setUpTarget(
  { target, arm, files, node }: FetchedTarget,
  world: TargetWorld,
): Promise<PreparedTarget> {
  const { setup, asOf } = target;
  const { folder, fingerprint, warnings } = files;
  if (setup !== null && !arm.isSetUp) {
    world.progress(`setting up ${arm.name}: ${setup}`);
    const env = setupEnvironment(target, folder, node.bin, world);
    await runSetup({ name: arm.name, setup, folder, log: arm.log, env, signal: world.signal });
  }
  return {
    ...{ folder, warnings, bin: node.bin },
    fingerprint: {
      ...fingerprint,
      ...node.fingerprint,
      ...(asOf === null ? {} : { 'target as of': asOf }),
      ...dependencyFacts(folder),
    },
  };
}

/** All of bench's own: nothing of it is measured, and installing needs proxies, tokens and caches. */
function setupEnvironment(
  { asOf }: StartTarget,
  folder: string,
  bin: string | null,
  { environment, mark }: TargetWorld,
): Record<string, string> {
  const until =
    asOf === null ? {} : { npm_config_before: endOfDay(asOf), UV_EXCLUDE_NEWER: endOfDay(asOf) };
  const all = {
    ...outsideHooks(environment),
    ...until,
    [markVariable]: mark,
    [ownVariable]: folder,
  };
  const set = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return withFirstOnPath(Object.fromEntries(set), bin);
}
