import type { ScheduledLaunch } from './schedule.ts';

export interface ProgressStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/**
 * On a terminal one line, rewritten between launches; elsewhere a line at each tenth of the run. No timer
 * draws: a spinner would run inside the measurement.
 */
export function progressOn(stream: ProgressStream, quiet: boolean, now: () => number) {
  const startedAt = now();
  let lastTenth = -1;
  return (done: number, all: number, next: ScheduledLaunch | null): void => {
    if (quiet) return;
    const elapsed = (now() - startedAt) / 1000;
    const left = done === 0 ? '' : `, about ${Math.ceil((elapsed / done) * (all - done))} s left`;
    const line =
      next === null
        ? `${all} launches in ${Math.round(elapsed)} s`
        : `launch ${done + 1}/${all} ${next.cell.id}${left}`;
    if (stream.isTTY === true) {
      stream.write(`\r\u001b[2K${line}${next === null ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor((10 * done) / all);
    if (tenth === lastTenth) return;
    lastTenth = tenth;
    stream.write(`${line}\n`);
  };
}
