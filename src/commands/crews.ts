import type { Crew } from '../engine/crew.ts';
import { engines } from '../engine/engines.ts';
import { BenchFailure } from '../model/failure.ts';
import type { SubjectFingerprint } from '../model/fingerprint.ts';
import { type Cell, type Plan, type Role, roles } from '../model/plan.ts';
import { withValues } from '../model/variables.ts';
import { measuredEnvironment } from '../process/environment.ts';
import type { PreparedArms } from '../subject/prepare.ts';
import { armTitle } from './arm-title.ts';
import type { RunTrust } from './run-trust.ts';
import type { World } from './world.ts';

/** The remote workers of a run. */
export interface Crews {
  /** Null where the workers of this arm are started here. */
  of(cell: Cell, role: Role): Crew | null;
  /** The same arms, with what their workers run on. */
  readonly prepared: PreparedArms;
  stop(): Promise<void>;
}

/** @throws BenchFailure where workers of other machines are asked for, and nobody said that they may come. */
export function refuseStrangers({ cells, matrix }: Plan, allowRemote: boolean): void {
  if (allowRemote) return;
  const settings = cells.flatMap(({ arms }) => [arms.baseline, arms.candidate]);
  const open = settings.map(({ client }) => client.remote?.listen ?? null);
  const address = open.find((listen) => listen !== null && !listen.startsWith('127.'));
  if (address === undefined) return;
  throw new BenchFailure(
    'configuration',
    `${matrix.file}: client.workers.listen: other machines can reach ${address}, and whoever does takes part in the run. Add --allow-remote where that is meant.`,
  );
}

interface Gathering {
  readonly plan: Plan;
  readonly prepared: PreparedArms;
  readonly trust: RunTrust;
  /** That all processes carry. */
  readonly mark: string;
}

/** A role in all cells whose workers are and trust the same. */
interface Part {
  readonly role: Role;
  readonly cells: readonly [Cell, ...Cell[]];
  readonly isOnly: boolean;
}

/**
 * Starts a master for each arm whose workers are on other machines, says what to run there, and waits for them.
 * @throws BenchFailure where too few come in time, or one runs another release than its master.
 */
export async function gatherCrews(gathering: Gathering, world: World): Promise<Crews> {
  const crews = new Map<Part, Crew>();
  let isOver = false;
  const aborted = (): void => {
    if (world.signal.aborted || isOver) throw new BenchFailure('interrupted', 'interrupted');
  };
  const stop = async (): Promise<void> => {
    await Promise.allSettled([...crews.values()].map((crew) => crew.stop()));
  };
  try {
    const parts = partsOf(gathering);
    for (const part of parts) crews.set(part, await startCrew(part, gathering, aborted, world));
    const ran = await Promise.all(
      [...crews].map(async ([part, crew]) => [part, await crew.gather()] as const),
    );
    const partOf = (cell: Cell, role: Role): Part | undefined =>
      parts.find((part) => part.role === role && part.cells.some(({ id }) => id === cell.id));
    return {
      of: (cell, role) => {
        const part = partOf(cell, role);
        return part === undefined ? null : (crews.get(part) ?? null);
      },
      prepared: withFingerprints(gathering, (cell, role) => {
        const part = partOf(cell, role);
        return ran.find(([of]) => of === part)?.[1] ?? null;
      }),
      stop,
    };
  } catch (error) {
    // Whoever still waits for an arm that is not to run any more.
    isOver = true;
    await stop();
    throw error;
  }
}

function partsOf({ plan, trust }: Gathering): readonly Part[] {
  return roles.flatMap((role) => {
    const groups = new Map<string, [Cell, ...Cell[]]>();
    for (const cell of plan.cells) {
      const settings = cell.arms[role];
      if (settings.client.remote === null) continue;
      const key = JSON.stringify([settings.client, trust.fileOf(settings)]);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [cell]);
      else known.push(cell);
    }
    return [...groups.values()].map((cells) => ({ role, cells, isOnly: groups.size === 1 }));
  });
}

async function startCrew(
  { role, cells, isOnly }: Part,
  { plan, prepared, trust, mark }: Gathering,
  aborted: () => void,
  world: World,
): Promise<Crew> {
  const [cell] = cells;
  const settings = withValues(cell.arms[role], world.env);
  const { engine, remote, workers, env } = settings.client;
  const { startCrew } = engines[engine.kind];
  const arm = prepared[cell.id]?.[role];
  if (startCrew === null || remote === null || arm === undefined)
    throw new Error(`engine ${engine.kind} was told to have remote workers`);
  const title = armTitle(plan, role, cells);
  const name = isOnly ? title : `${title}, ${cell.id}`;
  const crew = await startCrew({
    ...{ name, workers, remote },
    runtime: arm.runtime.file,
    env: measuredEnvironment(world.env, mark, { ...arm.env, ...env }),
    caFile: trust.fileOf(settings),
    say: (line) => world.stderr.write(`${line}\n`),
    aborted,
  });
  // However quiet the run is: nobody can go on without it.
  if (remote.restart === null) world.stderr.write(`${invitation(name, workers, crew)}\n`);
  return crew;
}

const invitation = (name: string, workers: number, { needs, command }: Crew): string =>
  `${name}: start ${workers} ${workers === 1 ? 'worker' : 'workers'} on other machines, each with a python3 that has ${needs}:\n  ${command}`;

function withFingerprints(
  { plan, prepared }: Gathering,
  ranOn: (cell: Cell, role: Role) => SubjectFingerprint | null,
): PreparedArms {
  return Object.fromEntries(
    plan.cells.map((cell) => {
      const arms = prepared[cell.id];
      if (arms === undefined) throw new Error(`cell ${cell.id} was not prepared`);
      const of = (role: Role) => {
        const found = ranOn(cell, role);
        if (found === null) return arms[role];
        // Not of the environment here, in which the master runs.
        const {
          engine,
          environment,
          target,
          'target environment': variables,
        } = arms[role].fingerprint;
        const kept = { engine, environment, target, 'target environment': variables };
        const fingerprint: SubjectFingerprint = { ...definedIn(kept), ...found };
        return { ...arms[role], fingerprint };
      };
      return [cell.id, { baseline: of('baseline'), candidate: of('candidate') }];
    }),
  );
}

const definedIn = (
  some: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(some).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
