import type { WorkerFigures } from '../model/report.ts';
import { type ArmTotals, rateOf, type WorkerTotals } from './arm-totals.ts';

const cpuUtilisation = (w: WorkerTotals): number => w.cpuUs / w.wallUs;
const cpuPerRequest = (w: WorkerTotals): number => w.cpuUs / w.requests;

/** RPS and CPU of each worker: mean and range over launches. */
export function workerFigures(launches: readonly ArmTotals[]): WorkerFigures[] {
  const workers = launches[0]?.workers.map(({ worker }) => worker) ?? [];
  return workers.flatMap((worker) => {
    const own = launches.flatMap((arm) =>
      arm.workers.filter((w) => w.worker === worker && w.requests > 0),
    );
    if (own.length === 0) return [];
    const mean = (of: (w: WorkerTotals) => number): number =>
      own.reduce((sum, w) => sum + of(w), 0) / own.length;
    const range = (of: (w: WorkerTotals) => number): readonly [number, number] => {
      const values = own.map(of);
      return [Math.min(...values), Math.max(...values)];
    };
    return [
      {
        worker,
        rps: mean(rateOf),
        cpuUtilisation: mean(cpuUtilisation),
        cpuPerRequest: mean(cpuPerRequest),
        rpsRange: range(rateOf),
        cpuUtilisationRange: range(cpuUtilisation),
        cpuPerRequestRange: range(cpuPerRequest),
      },
    ];
  });
}
