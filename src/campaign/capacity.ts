import { measureCapacity } from '../measure/capacity.ts';
import type { CapacityRow } from '../model/journal.ts';
import { type Cell, combinationOf, type Measure, type Plan } from '../model/plan.ts';
import type { Load, Settings } from '../model/settings.ts';
import { ChildFailure } from '../process/child.ts';
import { failureOf } from './failure.ts';
import type { Replay } from './replay.ts';
import type { CampaignWorld } from './run.ts';

type CapacityWorld = Pick<CampaignWorld, 'armOf' | 'now' | 'network' | 'aborted' | 'write'>;

/** The cells whose users are known; one whose baseline cannot even be measured alone is given up. */
export async function cellsWithUsers(
  { cells, compare, measure }: Plan,
  replay: Replay,
  world: CapacityWorld,
): Promise<readonly Cell[]> {
  const known: Cell[] = [];
  // Several candidates have one baseline, and so its users.
  const carried = new Map<string, CapacityRow>();
  for (const cell of cells) {
    const load = loadByCapacity(cell);
    if (load === null) {
      known.push(cell);
      continue;
    }
    const combination = combinationOf(cell, compare);
    const told = replay.capacity(cell);
    if (told === null && replay.isGivenUp(cell)) continue;
    const row =
      told ?? carried.get(combination) ?? (await measuredCapacity(cell, load, measure, world));
    if (row === null) continue;
    if (told === null) world.write({ ...row, cell: cell.id });
    carried.set(combination, row);
    known.push(withUsers(cell, load, row.users));
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
async function measuredCapacity(
  cell: Cell,
  { users: { share }, perUser }: LoadByCapacity,
  { warmupMs }: Measure,
  { now, aborted, armOf, write, ...world }: CapacityWorld,
): Promise<CapacityRow | null> {
  const network = world.network();
  try {
    const start = armOf(cell, 'baseline', 'baseline');
    const requestsPerSecond = await measureCapacity({ start, warmupMs, now, aborted });
    const users = Math.max(1, Math.round((share * requestsPerSecond) / perUser));
    return { kind: 'capacity', cell: cell.id, requestsPerSecond, users };
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
