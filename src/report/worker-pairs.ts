import type { CellReport, Imbalance, WorkerFigures } from '../model/report.ts';
import { formatShare } from './number.ts';

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

/** `fastest and slowest apart by 3.1 % (0.8 % to 5.2 %) in the baseline, …`; null with one worker. */
export function imbalanceWords({ imbalance }: CellReport): string | null {
  const words = (['baseline', 'candidate'] as const).flatMap((role) => {
    const of = imbalance[role];
    return of === null ? [] : [`${shares(of)} in the ${role}`];
  });
  return words.length === 0 ? null : `fastest and slowest apart by ${words.join(', ')}`;
}

const shares = ({ mean, range: [low, high] }: Imbalance): string =>
  `${formatShare(mean)} (${formatShare(low)} to ${formatShare(high)})`;
