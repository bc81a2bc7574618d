import type { SliceRow } from '../model/journal.ts';
import type { BlockMetric, MetricName } from '../model/metrics.ts';
import { type ByRole, roles } from '../model/plan.ts';
import { logRatio } from '../model/units.ts';

export interface Spent {
  /** CPU or wall time in µs; NaN where some slice could not tell. */
  readonly timeUs: number;
  readonly requests: number;
}

/** What stands for a metric that is not made of blocks. */
export const blockMetricOf = (metric: MetricName): BlockMetric =>
  metric === 'cpuPerRequest' || metric === 'targetCpuPerRequest' ? metric : 'rps';

/** That time and the requests, of both arms in each block of one launch, in the order of measuring. */
export function blocksOf(slices: readonly SliceRow[], metric: BlockMetric): ByRole<Spent>[] {
  const blocks = new Map<number, Record<'baseline' | 'candidate', Spent>>();
  for (const slice of slices) {
    const { block, role, requests } = slice;
    const known = blocks.get(block) ?? { baseline: nothing, candidate: nothing };
    known[role] = sum([known[role], { timeUs: timeOf(slice, metric), requests }]);
    blocks.set(block, known);
  }
  return [...blocks.values()];
}

function timeOf(
  { worker, wallUs, clientCpuUs, targetCpuUs }: SliceRow,
  metric: BlockMetric,
): number {
  if (metric === 'rps') return wallUs;
  if (metric === 'cpuPerRequest') return clientCpuUs;
  // The target's stands on the row of the first worker only.
  return worker === 0 ? (targetCpuUs ?? Number.NaN) : 0;
}

/** ln(candidate ÷ baseline) of the metric over these blocks, by totals. A rate is requests per time, the others time per request. */
export const changeOver: BlockReading = (blocks, metric) => {
  const baseline = sum(blocks.map((block) => block.baseline));
  const candidate = sum(blocks.map((block) => block.candidate));
  const dearer = logRatio(
    candidate.timeUs / candidate.requests,
    baseline.timeUs / baseline.requests,
  );
  return metric === 'rps' ? -dearer : dearer;
};

/** What the metric says of some blocks of a launch, in logarithms. */
export type BlockReading = (blocks: readonly ByRole<Spent>[], metric: BlockMetric) => number;

/** The metric itself, where both arms are the same: the mean of their logarithms. */
export const levelOver: BlockReading = (blocks, metric) => {
  const logs = roles.map((role) => {
    const { timeUs, requests } = sum(blocks.map((block) => block[role]));
    return Math.log(timeUs / requests);
  });
  const dearer = logs.reduce((total, log) => total + log, 0) / logs.length;
  return metric === 'rps' ? -dearer : dearer;
};

const nothing: Spent = { timeUs: 0, requests: 0 };

/** Of several blocks, or slices. */
export const sum = (all: readonly Spent[]): Spent => ({
  timeUs: all.reduce((total, { timeUs }) => total + timeUs, 0),
  requests: all.reduce((total, { requests }) => total + requests, 0),
});
