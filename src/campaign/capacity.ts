import { measureCapacity } from '../measure/capacity.ts';
import type { Cell, Measure, Plan } from '../model/plan.ts';
import { type Load, type Settings, usersOf } from '../model/settings.ts';
import { ChildFailure } from '../process/child.ts';
import { failureOf } from './failure.ts';
import type { CampaignWorld } from './run.ts';

type CapacityWorld = Pick<CampaignWorld, 'armOf' | 'now' | 'network' | 'aborted' | 'write'>;

/** The cells whose users are known; one whose baseline cannot even be measured alone is given up. */
export async function cellsWithUsers(
  { cells, measure }: Plan,
  world: CapacityWorld,
): Promise<readonly Cell[]> {
  const known: Cell[] = [];
  for (const cell of cells) {
    const network = world.network();
    try {
      known.push(await withUsers(cell, measure, world));
    } catch (error) {
      world.aborted();
      if (!(error instanceof ChildFailure)) throw error;
      const { reason: why, stderrTail } = failureOf(error, network);
      const reason = `what its baseline can carry could not be measured: ${why}`;
      world.write({ kind: 'give-up', cell: cell.id, reason, stderrTail });
    } finally {
      network.close();
    }
  }
  return known;
}

/** The cell with a number of users, where that depends on what its baseline can carry. */
async function withUsers(cell: Cell, { warmupMs }: Measure, world: CapacityWorld): Promise<Cell> {
  const { load } = cell.arms.baseline.scenario;
  if (load.model !== 'constant-throughput' || load.users.kind === 'fixed') return cell;
  const { now, aborted } = world;
  const start = world.armOf(cell, 'baseline', 'baseline');
  const requestsPerSecond = await measureCapacity({ start, warmupMs, now, aborted });
  const wanted = (load.users.share * requestsPerSecond) / load.perUser;
  const fixed = {
    ...load,
    users: { kind: 'fixed', users: Math.max(1, Math.round(wanted)) },
  } as const;
  world.write({ kind: 'capacity', cell: cell.id, requestsPerSecond, users: usersOf(fixed) });
  const { baseline, candidate } = cell.arms;
  return {
    ...cell,
    arms: { baseline: under(fixed, baseline), candidate: under(fixed, candidate) },
  };
}

const under = (load: Load, settings: Settings): Settings => ({
  ...settings,
  scenario: { ...settings.scenario, load },
});
