import type { BlockMetric } from '../model/metrics.ts';
import { type BlockReading, blocksOf } from './blocks.ts';
import type { MeasuredLaunch } from './launches.ts';

/** One reading of each of the two parts into which a launch falls. */
export interface Parts {
  readonly first: number;
  readonly second: number;
}

/** Of a number of blocks, which belong to the first part. */
type Division = (blocks: number) => (block: number) => boolean;

export const inHalves: Division = (blocks) => (block) => block < Math.floor(blocks / 2);
export const byTurns: Division = () => (block) => block % 2 === 0;

/** Of the launches that have a reading of both. */
export const partsOf = (
  launches: readonly MeasuredLaunch[],
  metric: BlockMetric,
  read: BlockReading,
  division: Division,
): Parts[] =>
  launches.flatMap(({ slices }) => {
    const blocks = blocksOf(slices, metric);
    const isFirst = division(blocks.length);
    const part = (first: boolean): number =>
      read(
        blocks.filter((_, index) => isFirst(index) === first),
        metric,
      );
    const parts = { first: part(true), second: part(false) };
    return Number.isFinite(parts.first) && Number.isFinite(parts.second) ? [parts] : [];
  });
