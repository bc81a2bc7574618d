import { type Disturbance, disturbances } from '../model/disturbance.ts';
import { tickUs } from '../model/units.ts';
import { type DisturbedTime, disturbedTime, eachKind, shareOf, type Taken } from './disturbance.ts';
import type { MeasuredLaunch } from './launches.ts';

/**
 * Beyond this share of the time on our cores a block's duration says more of others than of us: chosen by
 * docs/decisions/004-rejecting-blocks.md, where milder ones gained no more and cost more blocks.
 */
const tooMuch: Taken = { waited: 0.4, stolen: 0.25, throttled: 0.25 };
/** Of a launch's blocks: what disturbs more than this is how the machine is, and not an accident. */
const mostRejected = 0.2;

export interface RejectedBlock {
  readonly block: number;
  /** The signal that took the largest share of those that took too much. */
  readonly by: Disturbance;
}

/**
 * The blocks of a launch that are left out of its rates: decided from the machine's signals alone, over both arms at
 * once, so that neither a figure nor the name of an arm can matter. A block is left out whole, four slices, two
 * of each arm. Where the cap binds, the worst go.
 */
export function rejectedBlocks(launch: MeasuredLaunch): RejectedBlock[] {
  const blocks = [...disturbedTime(launch)];
  const cores = new Set(launch.opened.processes.map(({ core }) => core)).size;
  return blocks
    .flatMap(([block, time]) => {
      const lost = lostShares(time, cores);
      const beyond = disturbances.filter((kind) => lost[kind] > tooMuch[kind]);
      const by = beyond.reduce<Disturbance | null>(
        (worst, kind) => (worst === null || lost[kind] > lost[worst] ? kind : worst),
        null,
      );
      const all = disturbances.reduce((sum, kind) => sum + lost[kind], 0);
      return by === null ? [] : [{ block, by, all }];
    })
    .sort((a, b) => b.all - a.all || a.block - b.block)
    .slice(0, Math.floor(mostRejected * blocks.length))
    .map(({ block, by }) => ({ block, by }));
}

/**
 * What was surely taken within the block. Steal is counted in whole ticks: the first of each core may have been filled
 * before the block began.
 */
function lostShares({ coreUs, taken }: DisturbedTime, cores: number): Taken {
  const stolen = Math.max(0, taken.stolen - tickUs * cores);
  const surely = { coreUs, taken: { ...taken, stolen } };
  return eachKind((kind) => shareOf(surely, kind));
}
