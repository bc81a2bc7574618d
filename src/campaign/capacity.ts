import { measureCapacity } from '../measure/capacity.ts';
import type { Cell, Measure, Plan } from '../model/plan.ts';
import type { Load, Settings } from '../model/settings.ts';
import { ChildFailure } from '../process/child.ts';
import { failureOf } from './failure.ts';
import type { Replay } from './replay.ts';
import type { CampaignWorld } from './run.ts';

type CapacityWorld = Pick<CampaignWorld, 'armOf' | 'now' | 'network' | 'aborted' | 'write'>;

/** The cells whose users are known; one whose baseline cannot even be measured alone is given up. */
export async function cellsWithUsers(
  { cells, measure }: Plan,
  replay: Replay,
  world: CapacityWorld,
): Promise<readonly Cell[]> {
  const known: Cell[] = [];
  for (const cell of cells) {
    const load = loadByCapacity(cell);
    const users = replay.users(cell);
    if (load === null) known.push(cell);
    else if (users !== null) known.push(withUsers(cell, load, users));
    else if (!replay.isGivenUp(cell)) {
      const measured = await measuredUsers(cell, load, measure, world);
      if (measured !== null) known.push(withUsers(cell, load, measured));
    }
  }
  return known;
}

type LoadByCapacity = Extract<Load, { model: 'constant-throughput' }> & {
  readonly users: { readonly kind: 'capacity' };
};

/** Null where the number of users does not depend on what the baseline can carry. */
function loadByCapacity({ arms }: Cell): LoadByCapacity | null {
  const { load } = arms.baseline.scenario;
  if (load.model !== 'constant-throughput' || load.users.kind === 'fixed') return null;
  return { ...load, users: load.users };
}

/** Null where it could not be measured. */
async function measuredUsers(
  cell: Cell,
  { users: { share }, perUser }: LoadByCapacity,
  { warmupMs }: Measure,
  { now, aborted, armOf, write, ...world }: CapacityWorld,
): Promise<number | null> {
  const network = world.network();
  try {
    const start = armOf(cell, 'baseline', 'baseline');
    const requestsPerSecond = await measureCapacity({ start, warmupMs, now, aborted });
    const users = Math.max(1, Math.round((share * requestsPerSecond) / perUser));
    write({ kind: 'capacity', cell: cell.id, requestsPerSecond, users });
    return users;
  } catch (error) {
    aborted();
    if (!(error instanceof ChildFailure)) throw error;
    const { reason: why, stderrTail } = failureOf(error, network);
    const reason = `what its baseline can carry could not be measured: ${why}`;
    write({ kind: 'give-up', cell: cell.id, reason, stderrTail });
    return null;
  } finally {
    network.close();
  }
}

function withUsers(cell: Cell, load: LoadByCapacity, users: number): Cell {
  const { baseline, candidate } = cell.arms;
  const fixed: Load = { ...load, users: { kind: 'fixed', users } };
  return {
    ...cell,
    arms: { baseline: under(fixed, baseline), candidate: under(fixed, candidate) },
  };
}

const under = (load: Load, settings: Settings): Settings => ({
  ...settings,
  scenario: { ...settings.scenario, load },
});
