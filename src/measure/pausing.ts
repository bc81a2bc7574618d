import type { SliceWork } from '../model/journal.ts';
import type { ByRole, Role } from '../model/plan.ts';
import { ChildFailure } from '../process/child.ts';
import type { MeasuredSlice } from './slice.ts';
import { enoughMs } from './warm-floor.ts';
import { cpuPerRequestOf, isSteady, requestsOf, turn, type Warm } from './warmup.ts';

/** Slices of a paused client and their limits (DESIGN §6.2). */
const shortestMs = 20;
/** Requests in flight finish while their sender rests: a slice is long against them. */
const latencies = 20;
/** The longer slices are twice as long, and an arm rests for two of them in a row. */
const longestMs = 200;
export const pausedWarmUpMs = 40;

/** A program that is not paused runs for this long in the warm-up, with its start and end beside it. */
export const wholeWarmUpMs = 150;
const longestRunMs = 10_000;

/**
 * How long slices are, and how many blocks fit: half of the blocks have slices of twice the length, and both halves must
 * agree, or it is the stopping that is measured.
 * @returns null where requests take so long that the other arm would rest for more than a second.
 */
export function planPausing(
  p90Ms: ByRole<number>,
  sliceTimeMs: number,
): { readonly work: Extract<SliceWork, { kind: 'time' }>; readonly blocks: number } | null {
  const slower = Math.max(p90Ms.baseline, p90Ms.candidate);
  const short = Math.max(shortestMs, Math.ceil(latencies * slower));
  if (short > longestMs) return null;
  const pairMs = 4 * short + 4 * 2 * short;
  return {
    work: { kind: 'time', ms: [short, 2 * short] },
    blocks: 2 * Math.max(2, Math.round(sliceTimeMs / pairMs)),
  };
}

/**
 * Whole runs in turn: one block of four. What is in flight at both ends of a run must be little of it.
 * @throws ChildFailure where runs would have to be longer than ten seconds.
 */
export function planWhole(
  p90Ms: ByRole<number>,
  sliceTimeMs: number,
): { readonly work: Extract<SliceWork, { kind: 'whole' }>; readonly blocks: number } {
  const slower = Math.max(p90Ms.baseline, p90Ms.candidate);
  const ms = Math.round(Math.max(sliceTimeMs / 4, latencies * slower));
  if (ms <= longestRunMs) return { work: { kind: 'whole', ms }, blocks: 1 };
  throw new ChildFailure(
    `requests take ${slower.toFixed(1)} ms (p90): each run would have to be ${ms} ms long, and ${longestRunMs} is the most. Use engine http, or fewer connections.`,
    '',
  );
}

/** The slices of even blocks are short, of odd blocks long. */
export const pausedSliceMs = (
  { ms: [short, long] }: Extract<SliceWork, { kind: 'time' }>,
  block: number,
): number => (block % 2 === 0 ? short : long);

/** As for clients that cooperate, by time: in turn, until neither arm trends or the cap is reached. */
export async function warmUpByTime(
  run: (role: Role, ms: number) => Promise<MeasuredSlice>,
  options: { readonly sliceMs: number; readonly capMs: number; readonly now: () => number },
): Promise<Warm> {
  const cpu: Record<Role, number[]> = { baseline: [], candidate: [] };
  const msPerRequest: Record<Role, number> = { baseline: 0, candidate: 0 };
  const startedAt = options.now();
  let spentMs = 0;
  for (let slices = 2; ; slices += 2) {
    for (const role of turn(slices / 2)) {
      const slice = await run(role, options.sliceMs);
      spentMs += slice.wallMs;
      const answered = requestsOf(slice);
      if (answered === 0) continue;
      cpu[role].push(cpuPerRequestOf(slice));
      msPerRequest[role] = slice.wallMs / answered;
    }
    const steady = spentMs >= 2 * enoughMs && isSteady(cpu.baseline) && isSteady(cpu.candidate);
    const ms = options.now() - startedAt;
    if (steady || ms >= options.capMs) return { slices, ms, steady, msPerRequest };
  }
}
