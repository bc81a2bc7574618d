/** Sorts by time; the seed keeps two runs of one second apart. */
export const runId = (now: Date, seed: number): string =>
  `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${(seed >>> 0).toString(16).padStart(4, '0').slice(-4)}-${process.pid.toString(36)}`;
