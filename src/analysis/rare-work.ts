import type { SliceRow } from '../model/journal.ts';
import type { Role } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import { oneSampleT } from '../stats/interval.ts';
import { trimmedMean } from '../stats/trimmed.ts';
import type { MeasuredLaunch } from './launches.ts';

/** Blocks that a launch needs before a trimmed mean of them says anything. */
const fewestBlocks = 6;
const level = 0.01;

/**
 * Totals count a rare burst in full, trimmed block means leave it out: where the two disagree beyond
 * chance, expensive work is done now and then.
 */
export function rareWork(launches: readonly MeasuredLaunch[], margin: number): Warning | null {
  const gaps = launches.flatMap(({ slices }) => gapOf(slices) ?? []);
  if (gaps.length < 4) return null;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  if (Math.abs(mean) < margin || oneSampleT(gaps).p >= level) return null;
  return {
    code: 'rare-work',
    message: `rare, expensive work: by totals the change of CPU per request is ${(mean * 100).toFixed(1)} points ${mean > 0 ? 'larger' : 'smaller'} than in a typical block`,
    next: 'Look for work done every so many requests: garbage collection, reconnects, timers, log flushes.',
  };
}

function gapOf(slices: readonly SliceRow[]): number | null {
  const blocks = new Map<number, Record<Role, { cpu: number; requests: number }>>();
  const total = { baseline: { cpu: 0, requests: 0 }, candidate: { cpu: 0, requests: 0 } };
  for (const { block, role, clientCpuUs, requests } of slices) {
    const known = blocks.get(block) ?? {
      baseline: { cpu: 0, requests: 0 },
      candidate: { cpu: 0, requests: 0 },
    };
    blocks.set(block, known);
    for (const sums of [known[role], total[role]]) {
      sums.cpu += clientCpuUs;
      sums.requests += requests;
    }
  }
  if (blocks.size < fewestBlocks) return null;
  const ratio = ({ baseline, candidate }: typeof total): number =>
    Math.log(candidate.cpu / candidate.requests / (baseline.cpu / baseline.requests));
  const ratios = [...blocks.values()].map(ratio).filter(Number.isFinite);
  return ratio(total) - trimmedMean(ratios);
}
