import type { BlockMetric } from './metrics.ts';
import type { ByRole } from './plan.ts';
import type { Disturbance } from './disturbance.ts';

/**
 * How a metric went while a cell was measured, so that noise can be seen: a point is a block, or a few that follow each
 * other in one launch. All lists are of one length, in the order of measuring.
 */
export interface Course {
  readonly metric: BlockMetric;
  /** The most blocks that a point stands for. */
  readonly blocksPerPoint: number;
  readonly launch: readonly number[];
  /** When it was measured: seconds since the first launch of its run began, by the lengths of slices, and so to a tenth at best. */
  readonly seconds: readonly number[];
  /** By totals over the point's blocks, in the metric's unit; null of an arm that its run did not measure, and where nothing was answered. */
  readonly values: ByRole<readonly (number | null)[] | null>;
  /** What others took of the time on our cores; null where this system does not tell. */
  readonly taken: Readonly<Record<Disturbance, readonly number[] | null>>;
  /** How many of the point's blocks no rate contains. */
  readonly rejected: readonly number[];
}
