import type { CellReport, WorkerFigures } from '../model/report.ts';

/** Worker 2 of the baseline beside worker 2 of the candidate; null where an arm has no such worker. */
export interface WorkerPair {
  readonly worker: number;
  readonly baseline: WorkerFigures | null;
  readonly candidate: WorkerFigures | null;
}

/** In the order of the workers' numbers. */
export function workerPairs({ workers }: CellReport): readonly WorkerPair[] {
  const numbers = [...workers.baseline, ...workers.candidate].map(({ worker }) => worker);
  const find = (arm: readonly WorkerFigures[], n: number) =>
    arm.find(({ worker }) => worker === n) ?? null;
  return [...new Set(numbers)]
    .sort((a, b) => a - b)
    .map((worker) => ({
      worker,
      baseline: find(workers.baseline, worker),
      candidate: find(workers.candidate, worker),
    }));
}
