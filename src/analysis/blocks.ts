import type { SliceRow } from '../model/journal.ts';
import type { ByRole } from '../model/plan.ts';
import { logRatio } from '../model/units.ts';

interface Spent {
  readonly cpuUs: number;
  readonly requests: number;
}

/** Client CPU and requests of both arms in each block of one launch, in the order of measuring. */
export function blocksOf(slices: readonly SliceRow[]): ByRole<Spent>[] {
  const blocks = new Map<number, Record<'baseline' | 'candidate', Spent>>();
  for (const { block, role, clientCpuUs, requests } of slices) {
    const known = blocks.get(block) ?? { baseline: nothing, candidate: nothing };
    known[role] = sum([known[role], { cpuUs: clientCpuUs, requests }]);
    blocks.set(block, known);
  }
  return [...blocks.values()];
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
