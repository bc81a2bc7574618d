import type { SliceWork } from '../model/journal.ts';
import type { ByRole, Role } from '../model/plan.ts';
import { ChildFailure } from '../process/child.ts';
import type { MeasuredSlice } from './slice.ts';
import { enoughMs, isSteady, turn, type Warm } from './warmup.ts';

/** Slices of a paused client and their limits (DESIGN §6.2). */
const shortestMs = 20;
/** Requests in flight finish while their sender rests: a slice is long against them. */
const latencies = 20;
/** The longer slices are twice as long, and an arm rests for two of them in a row. */
const longestMs = 200;
const warmUpMs = 40;

/**
 * How long slices are, and how many blocks fit: half of the blocks have slices of twice the length, and both halves must
 * agree, or it is the stopping that is measured.
 * @throws ChildFailure where requests take so long that the other arm would rest for more than a second.
 */
export function planPausing(
  p90Ms: ByRole<number>,
  sliceTimeMs: number,
): { readonly work: Extract<SliceWork, { kind: 'time' }>; readonly blocks: number } {
  const slower = Math.max(p90Ms.baseline, p90Ms.candidate);
  const short = Math.max(shortestMs, Math.ceil(latencies * slower));
  if (short > longestMs) {
    throw new ChildFailure(
      `requests take ${slower.toFixed(1)} ms (p90): paused slices would have to be ${short} ms long, and ${longestMs} is the most. Use engine http, which is not paused, or fewer connections.`,
      '',
    );
  }
  const pairMs = 4 * short + 4 * 2 * short;
  return {
    work: { kind: 'time', ms: [short, 2 * short] },
    blocks: 2 * Math.max(2, Math.round(sliceTimeMs / pairMs)),
  };
}

/** The slices of even blocks are short, of odd blocks long. */
export const pausedSliceMs = (
  { ms: [short, long] }: Extract<SliceWork, { kind: 'time' }>,
  block: number,
): number => (block % 2 === 0 ? short : long);

/** As for clients that cooperate, by time: in turn, until neither arm trends or the cap is reached. */
export async function warmUpPaused(
  run: (role: Role, ms: number) => Promise<MeasuredSlice>,
  options: { readonly capMs: number; readonly now: () => number },
): Promise<Warm> {
  const cpu: Record<Role, number[]> = { baseline: [], candidate: [] };
  const msPerRequest: Record<Role, number> = { baseline: 0, candidate: 0 };
  const startedAt = options.now();
  let spentMs = 0;
  for (let slices = 2; ; slices += 2) {
    for (const role of turn(slices / 2)) {
      const slice = await run(role, warmUpMs);
      spentMs += slice.wallMs;
      const [worker] = slice.workers;
      if (worker === undefined || worker.requests === 0) continue;
      cpu[role].push(worker.cpuUs / worker.requests);
      msPerRequest[role] = slice.wallMs / worker.requests;
    }
    const steady = spentMs >= 2 * enoughMs && isSteady(cpu.baseline) && isSteady(cpu.candidate);
    const ms = options.now() - startedAt;
    if (steady || ms >= options.capMs) return { slices, ms, steady, msPerRequest };
  }
}
