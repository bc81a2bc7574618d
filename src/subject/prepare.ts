import { major, minVersion, satisfies } from 'semver';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { type ByRole, type Plan, type Role, roles } from '../model/plan.ts';
import { clientName } from '../model/names.ts';
import type { Settings } from '../model/settings.ts';
import { type ClientWorld, type InstalledClient, installClient } from './client.ts';
import { inspectClient } from './inspect.ts';
import type { PreparedTargets } from './prepare-targets.ts';
import type { Release } from './program.ts';
import type { PreparedTarget } from './target.ts';

interface PreparedArm extends InstalledClient {
  /** Null where the target is not a server that a command starts. */
  readonly target: PreparedTarget | null;
  readonly fingerprint: SubjectFingerprint;
}

/** Per cell id. */
export type PreparedArms = Readonly<Record<string, ByRole<PreparedArm>>>;

/**
 * Installs what every arm needs beside its target, all at the same time, and asks each what it is.
 * @param environmentOf all that a process of the arm will have, with the variables of its own client
 */
export async function prepareSubjects(
  plan: Plan,
  world: ClientWorld,
  environmentOf: (
    settings: Settings,
    own: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>,
  targets: PreparedTargets = {},
): Promise<PreparedArms> {
  const known = new Map<string, Promise<InstalledClient>>();
  const clientOf = (settings: Settings, copy: 'a' | 'b'): Promise<InstalledClient> => {
    const name = `${clientName(settings)} ${copy}`;
    const client = known.get(name) ?? installClient(settings.client, copy, world);
    known.set(name, client);
    return client;
  };
  const entries = plan.cells.map(async (cell) => {
    const of = async (role: Role): Promise<PreparedArm> => {
      const settings = cell.arms[role];
      const client = await clientOf(settings, copyFor(role, cell.arms));
      const environment = environmentOf(settings, client.env);
      const facts = await inspectClient(client, settings, world.run, environment);
      refuseUnfit(client.program.release, facts.node ?? 'unknown');
      const target = targets[cell.id]?.[role] ?? null;
      return { ...client, target, fingerprint: { ...facts, ...target?.fingerprint } };
    };
    const [baseline, candidate] = await Promise.all(roles.map(of));
    if (baseline === undefined || candidate === undefined)
      throw new Error('two roles make two arms');
    return [cell.id, { baseline, candidate }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** What every arm runs on, per cell. */
export const fingerprintsOf = (
  prepared: PreparedArms,
): Readonly<Record<string, ByRole<SubjectFingerprint>>> =>
  Object.fromEntries(
    Object.entries(prepared).map(([cell, { baseline, candidate }]) => [
      cell,
      { baseline: baseline.fingerprint, candidate: candidate.fingerprint },
    ]),
  );

/** The candidate gets files of its own where both arms run the same versions. */
const copyFor = (role: Role, { baseline, candidate }: ByRole<Settings>): 'a' | 'b' =>
  role === 'candidate' && clientName(baseline) === clientName(candidate) ? 'b' : 'a';

/** @throws BenchFailure where a package says that it does not run on this Node. */
function refuseUnfit(release: Release | null, node: string): void {
  if (release === null || release.node === null) return;
  if (satisfies(node, release.node, { includePrerelease: true })) return;
  const { name, version } = release;
  throw new BenchFailure(
    'configuration',
    `${name} ${version} needs Node ${release.node}, this arm runs ${node}: write client.runtime: node@${minVersion(release.node)?.version ?? release.node}, or another release, such as npm:${name}@${major(version) - 1}.`,
  );
}
