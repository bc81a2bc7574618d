import type { CampaignWorld } from '../campaign/run.ts';
import { engines } from '../engine/engines.ts';
import type { CorePlan } from '../machine/cores.ts';
import { openNetwork } from '../machine/network.ts';
import { openSignals } from '../machine/signals.ts';
import type { JournalRow } from '../model/journal.ts';
import { armName, type Cell, type Plan, type Role } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';
import { withValues } from '../model/variables.ts';
import { measuredEnvironment } from '../process/environment.ts';
import type { PreparedArms } from '../subject/prepare.ts';
import { type Certificates, makeCertificates } from '../target/certificates.ts';
import { writeTrust } from '../target/trust.ts';
import type { World } from './world.ts';

export interface CampaignParts {
  readonly plan: Plan;
  /** That all processes carry. */
  readonly mark: string;
  /** The run's own; what the clients trust is written there. */
  readonly folder: string;
  readonly cores: CorePlan;
  readonly prepared: PreparedArms;
  readonly write: (row: JournalRow) => void;
  readonly progress: CampaignWorld['progress'];
  readonly aborted: () => void;
}

/** Certificates and trust files for the run, and how each arm of each cell is started. */
export async function campaignWorld(parts: CampaignParts, world: World): Promise<CampaignWorld> {
  const { plan, cores, prepared, mark, folder } = parts;
  const arms = plan.cells.flatMap((cell) => [cell.arms.baseline, cell.arms.candidate]);
  const certificates = new Map<string, Certificates>();
  for (const key of new Set(arms.map((arm) => arm.target.key))) {
    certificates.set(key, await makeCertificates(key));
  }
  const trust = new Map<string, string>();
  const trustFile = (settings: Settings, authority: string): string => {
    const wanted = JSON.stringify([settings.connection.ca, settings.target.key]);
    const known =
      trust.get(wanted) ?? writeTrust(folder, settings.connection.ca, authority, trust.size);
    trust.set(wanted, known);
    return known;
  };

  return {
    write: parts.write,
    now: world.monotonic,
    signals: (processes, serves) => openSignals(processes, serves, world.monotonic),
    network: () => openNetwork(world.monotonic),
    aborted: parts.aborted,
    progress: parts.progress,
    armOf: (cell, role, files) => {
      const settings = withValues(cell.arms[role], world.env);
      const made = certificates.get(settings.target.key);
      const arm = prepared[cell.id]?.[files];
      if (made === undefined || arm === undefined)
        throw new Error(`cell ${cell.id} was not prepared`);
      return {
        name: `${nameOf(plan, cell, role)}, ${cell.id}`,
        settings,
        engine: engines[settings.client.engine.kind],
        runtime: arm.runtime.file,
        program: arm.program.file,
        certificates: made,
        place: { cwd: world.cwd, runFolder: folder, name: `target-${role}` },
        caFile: trustFile(settings, made.authority),
        targetEnv: measuredEnvironment(world.env, mark, settings.target.env),
        resolverEnv: measuredEnvironment(world.env, mark, {}),
        clientEnv: measuredEnvironment(world.env, mark, settings.client.env),
        cores,
      };
    },
  };
}

/** Unpaired, both arms that run are the candidate. */
const nameOf = ({ compare }: Plan, cell: Cell, role: Role): string =>
  compare.kind === 'unpaired'
    ? `${cell.candidate} as ${role}`
    : `${role} ${armName(cell, role, compare)}`;
