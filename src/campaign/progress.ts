import type { Measure } from '../model/plan.ts';

export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Told of each launch before it starts, and of the end by null. */
export type Progress = (next: { readonly launch: number; readonly cell: string } | null) => void;

/**
 * On a terminal one line, rewritten between launches; elsewhere a line at each tenth of the run. No timer
 * draws: a spinner would run inside the measurement.
 */
export function progressOn(
  stream: ProgressStream,
  options: {
    readonly quiet: boolean;
    readonly now: () => number;
    readonly cells: number;
    readonly measure: Measure;
  },
): Progress {
  const { quiet, now, cells, measure } = options;
  const most = cells * Math.max(...measure.looks);
  const startedAt = now();
  let done = 0;
  let lastTenth = -1;
  return (next) => {
    if (quiet) return;
    const elapsedMs = now() - startedAt;
    if (next !== null) done = next.launch - 1;
    const leftMs = done === 0 ? null : (elapsedMs / done) * (most - done);
    const budgetLeftMs = measure.budgetMs === null ? null : measure.budgetMs - elapsedMs;
    const left = leftMs === null ? '' : `, ${atMost(Math.min(leftMs, budgetLeftMs ?? leftMs))}`;
    const seconds = Math.round(elapsedMs / 1000);
    const line =
      next === null ? `measured for ${seconds} s` : `launch ${next.launch}: ${next.cell}${left}`;
    if (stream.isTTY === true) {
      stream.write(`\r\u001b[2K${line}${next === null ? '\n' : ''}`);
      return;
    }
    const whole = measure.budgetMs === null ? done / most : elapsedMs / measure.budgetMs;
    const tenth = Math.floor(10 * whole);
    if (tenth === lastTenth && next !== null) return;
    lastTenth = tenth;
    stream.write(`${line}\n`);
  };
}

/** Cells that are decided early make it less. */
const atMost = (ms: number): string => `at most ${Math.max(0, Math.ceil(ms / 1000))} s left`;
