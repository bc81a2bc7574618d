import type { SliceRow } from '../model/journal.ts';
import type { MetricName } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import { logRatio } from '../model/units.ts';

interface Spent {
  /** NaN where some slice could not tell. */
  readonly cpuUs: number;
  readonly requests: number;
}

/** CPU of the side under test and requests, of both arms in each block of one launch, in the order of measuring. */
export function blocksOf(slices: readonly SliceRow[], primary: MetricName): ByRole<Spent>[] {
  const blocks = new Map<number, Record<'baseline' | 'candidate', Spent>>();
  for (const slice of slices) {
    const { block, role, requests } = slice;
    const known = blocks.get(block) ?? { baseline: nothing, candidate: nothing };
    known[role] = sum([known[role], { cpuUs: cpuOf(slice, primary), requests }]);
    blocks.set(block, known);
  }
  return [...blocks.values()];
}

function cpuOf({ worker, clientCpuUs, targetCpuUs }: SliceRow, primary: MetricName): number {
  if (primary !== 'targetCpuPerRequest') return clientCpuUs;
  // The target's stands on the row of the first worker only.
  return worker === 0 ? (targetCpuUs ?? Number.NaN) : 0;
}

/** ln(candidate ÷ baseline) of CPU per request over these blocks, by totals. */
export function changeOver(blocks: readonly ByRole<Spent>[]): number {
  const baseline = sum(blocks.map((block) => block.baseline));
  const candidate = sum(blocks.map((block) => block.candidate));
  return logRatio(candidate.cpuUs / candidate.requests, baseline.cpuUs / baseline.requests);
}

const nothing: Spent = { cpuUs: 0, requests: 0 };

const sum = (all: readonly Spent[]): Spent => ({
  cpuUs: all.reduce((total, { cpuUs }) => total + cpuUs, 0),
  requests: all.reduce((total, { requests }) => total + requests, 0),
});
