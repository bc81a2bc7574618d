import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { type ByRole, type Plan, type Role, roles } from '../model/plan.ts';
import { type RuntimeSpec, runtimeName, type Settings } from '../model/settings.ts';
import { inspectRuntime } from './inspect.ts';
import { type InstalledRuntime, type InstallWorld, installRuntime } from './runtime.ts';

interface PreparedArm {
  readonly runtime: InstalledRuntime;
  readonly fingerprint: SubjectFingerprint;
}

/** Per cell id. */
export type PreparedArms = Readonly<Record<string, ByRole<PreparedArm>>>;

/** Installs what every arm needs, all at the same time, and asks each what it is. */
export async function prepareSubjects(
  plan: Plan,
  world: InstallWorld,
  environmentOf: (settings: Settings) => Readonly<Record<string, string>>,
): Promise<PreparedArms> {
  const entries = plan.cells.map(async (cell) => {
    const of = async (role: Role): Promise<PreparedArm> => {
      const settings = cell.arms[role];
      const runtime = await installRuntime(
        settings.client.runtime,
        copyFor(role, cell.arms),
        world,
      );
      return {
        runtime,
        fingerprint: await inspectRuntime(runtime, settings, environmentOf(settings)),
      };
    };
    const [baseline, candidate] = await Promise.all(roles.map(of));
    if (baseline === undefined || candidate === undefined)
      throw new Error('two roles make two arms');
    return [cell.id, { baseline, candidate }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The candidate gets files of its own where both arms run the same version. */
function copyFor(role: Role, arms: ByRole<Settings>): 'a' | 'b' {
  const name = (runtime: RuntimeSpec): string => runtimeName(runtime);
  const same = name(arms.baseline.client.runtime) === name(arms.candidate.client.runtime);
  return role === 'candidate' && same ? 'b' : 'a';
}
