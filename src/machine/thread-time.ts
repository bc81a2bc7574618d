import type { OpenFile } from './open-file.ts';

/** Of one thread, or of several added up, in µs since they began. */
export interface ThreadTime {
  readonly ranUs: number;
  /** Ready, while somebody else had the core. */
  readonly waitedUs: number;
}

/**
 * `ran waited times`, in ns. A kernel that does not keep these books writes three zeros, and a thread of which we ask
 * has run: so no time run means not counted.
 */
function threadTime(schedstat: string): ThreadTime | null {
  const [ran = 0, waited = 0] = schedstat.split(' ').map(Number);
  return ran > 0 ? { ranUs: ran / 1000, waitedUs: waited / 1000 } : null;
}

/** Null when one of them is not counted: the others would pass for all. */
export function totalTime(threads: readonly (OpenFile | null)[]): ThreadTime | null {
  let [ranUs, waitedUs] = [0, 0];
  for (const thread of threads) {
    const time = threadTime(thread?.read() ?? '');
    if (time === null) return null;
    ranUs += time.ranUs;
    waitedUs += time.waitedUs;
  }
  return { ranUs, waitedUs };
}
