import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { ProfileWish } from '../analysis/profile/wish.ts';
import type { Tell } from '../campaign/progress.ts';
import type { CampaignWorld } from '../campaign/run.ts';
import { engines } from '../engine/engines.ts';
import type { CorePlan } from '../machine/cores.ts';
import { openNetwork } from '../machine/network.ts';
import { openSignals } from '../machine/signals.ts';
import type { JournalRow } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import { type TargetSettings, targetEnv } from '../model/settings.ts';
import { withValues } from '../model/variables.ts';
import { measuredEnvironment } from '../process/environment.ts';
import type { Conceal } from '../store/conceal.ts';
import { makeProfileFolder, profileFile, readProfile } from '../store/profile-files.ts';
import type { PreparedTarget } from '../subject/target.ts';
import { withFirstOnPath } from '../subject/target-node.ts';
import { armTitle } from './arm-title.ts';
import type { Crews } from './crews.ts';
import { type Endpoints, endpointOf, namedIn } from './endpoints.ts';
import type { RunTrust } from './run-trust.ts';
import type { World } from './world.ts';

export interface CampaignParts {
  readonly plan: Plan;
  /** That all processes carry. */
  readonly mark: string;
  /** The run's own. */
  readonly folder: string;
  readonly cores: CorePlan;
  readonly crews: Crews;
  readonly trust: RunTrust;
  readonly endpoints: Endpoints;
  readonly write: (row: JournalRow) => void;
  readonly progress: CampaignWorld['progress'];
  readonly aborted: () => void;
  readonly tell: Tell;
  readonly conceal: Conceal;
  readonly profile: ProfileWish;
}

/** Of this program, compiled. */
const ownRoot = fileURLToPath(new URL('..', import.meta.url));

/** How each arm of each cell is started. */
export function campaignWorld(parts: CampaignParts, world: World): CampaignWorld {
  const { plan, cores, crews, trust, mark, folder, tell, conceal } = parts;
  return {
    write: parts.write,
    now: world.monotonic,
    signals: (processes, serves) => openSignals(processes, serves, world.monotonic),
    network: () => openNetwork(world.monotonic),
    aborted: parts.aborted,
    progress: parts.progress,
    profileProgress: (next) => tell({ kind: 'profile', ...next }),
    profiles: {
      ...{ wish: parts.profile, folder },
      fileOf: (cell, place) => {
        makeProfileFolder(folder);
        return profileFile(plan.cells, cell, place);
      },
      absolute: (file) => path.join(folder, file),
      read: (file) => readProfile(file, conceal),
      rootsOf: (cell, role) => {
        const target = targetIn(
          cell.arms[role].target,
          crews.prepared[cell.id]?.[role].target ?? null,
        );
        const folders = target.kind === 'start' ? [path.resolve(world.cwd, target.folder)] : [];
        return { bench: ownRoot, own: [...folders, world.cwd] };
      },
    },
    armOf: (cell, role, files) => {
      const { baseline, candidate } = cell.arms;
      // A client that changed folders does not take another server along.
      const served = isDeepStrictEqual(baseline.target, candidate.target) ? files : role;
      const server = crews.prepared[cell.id]?.[served].target ?? null;
      const planned = cell.arms[role];
      const endpoint = endpointOf(planned.target, parts.endpoints);
      const said = namedIn(withValues(planned, world.env), endpoint);
      const settings = { ...said, target: targetIn(said.target, server) };
      const arm = crews.prepared[cell.id]?.[files];
      if (arm === undefined) throw new Error(`cell ${cell.id} was not prepared`);
      return {
        name: `${armTitle(plan, role, [cell])}, ${cell.id}`,
        settings,
        declared: cell.arms[role],
        clientPlace: { runFolder: folder, name: `${cell.id.replace(/[^\w-]+/g, '-')}-${role}` },
        engine: engines[settings.client.engine.kind],
        crew: crews.of(cell, role),
        runtime: arm.runtime.file,
        program: arm.program.file,
        certificates: trust.certificatesOf(settings),
        endpoint,
        place: { cwd: world.cwd, runFolder: folder, name: `target-${role}` },
        caFile: trust.fileOf(settings),
        targetEnv: withFirstOnPath(
          measuredEnvironment(world.env, mark, targetEnv(settings.target)),
          server?.bin ?? null,
        ),
        ownEnv: measuredEnvironment(world.env, mark, {}),
        clientEnv: measuredEnvironment(world.env, mark, { ...arm.env, ...settings.client.env }),
        cores,
      };
    },
  };
}

/** The same target, run from the files that were made ready. */
const targetIn = (target: TargetSettings, server: PreparedTarget | null): TargetSettings =>
  target.kind === 'start' && server !== null ? { ...target, folder: server.folder } : target;
