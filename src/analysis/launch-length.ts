import type { JournalRow, SliceRow } from '../model/journal.ts';
import type { Cell, Plan } from '../model/plan.ts';
import { blocksPerLaunch, scatterOf } from '../stats/kalibera-jones.ts';
import { blockMetricOf, blocksOf, changeOver } from './blocks.ts';
import { primaryOf } from './gating.ts';
import { launchesOf, type MeasuredLaunch } from './launches.ts';

/** How far a launch may be made shorter or longer than the plan has it. */
const bounds = { least: 0.5, most: 2 };

/**
 * Measured time per launch of a cell from here on, in ms: what Kalibera and Jones say of the scatter and
 * the cost of its launches so far. Whatever the first look leaves open is small, and is better measured by launches of
 * the efficient length; what is large was decided by short ones. Only the scatter is read, not the
 * change, so the choice cannot favour an arm. Within half and double of what was planned, and longer than that
 * only where the budget has room for it.
 * @param roomMs wall time for each launch that may still come.
 */
export function launchLength(
  cell: Cell,
  plan: Plan,
  rows: readonly JournalRow[],
  roomMs: number,
): number {
  const planned = plan.measure.sliceTimeMs;
  const launches = launchesOf(cell.id, rows);
  const metric = blockMetricOf(primaryOf(plan.compare.side, 'targetCpuPerRequest'));
  const blocks = launches.map((launch) => {
    const each = blocksOf(launch.slices, metric);
    return each.map((block) => changeOver([block], metric)).filter(Number.isFinite);
  });
  if (blocks.filter((of) => of.length > 1).length < 3) return planned;
  const spent = launches.map(costOf);
  const total = (of: (cost: (typeof spent)[number]) => number): number =>
    spent.reduce((sum, cost) => sum + of(cost), 0);
  const perBlock = (ms: number): number => ms / total((cost) => cost.blocks);
  const launchMs = total(({ besideMs }) => besideMs) / spent.length;
  const cost = { launch: launchMs, block: perBlock(total(({ spanMs }) => spanMs)) };
  const wanted =
    blocksPerLaunch(scatterOf(blocks), cost) * perBlock(total(({ slicesMs }) => slicesMs));
  const most = Math.min(bounds.most * planned, Math.max(planned, roomMs - launchMs));
  return Math.round(Math.min(most, Math.max(bounds.least * planned, wanted)));
}

/** What is said before and after a slice is paid for each block, and not for each launch. */
function costOf({ opened, slices, finish }: MeasuredLaunch) {
  const own = slices.filter(({ worker }) => worker === 0);
  const ms = (of: (row: SliceRow) => number): number =>
    own.reduce((sum, row) => sum + of(row), 0) / 1000;
  const spanMs = ms(({ machine, wallUs }) => machine?.spanUs ?? wallUs);
  return {
    blocks: opened.blocks,
    slicesMs: ms(({ wallUs }) => wallUs),
    spanMs,
    besideMs: finish.endedMs - opened.startedMs - spanMs,
  };
}
