import type { ArmCapacity, Capacity, CellCapacity } from '../../model/causes.ts';
import { type ByRole, type CapacityWish, type Role, roles } from '../../model/plan.ts';
import type { Bottleneck, Interval } from '../../model/report.ts';
import { meanInterval } from '../../stats/interval.ts';
import { metricOf } from '../arm-totals.ts';
import { areEnough, type ComparedCell, cpuMetric, samplesOf } from './compared-cells.ts';

const level = 0.95;

/**
 * What one worker carries and how many it takes. Utilisation u of one core, C µs of CPU per request:
 *
 *     carried = u × 10⁶ ÷ C per second        workers = ⌈ wanted rate × C ÷ (u × 10⁶) ⌉
 *
 * Only of cells in which both arms had their cores busy: CPU per request falls with load (71 µs saturated, 148 at 1200 per
 * second, 1018 at 60), so a figure of an idle worker would ask for several times too many. C is the geometric mean over launches,
 * with Student's interval on logarithms; the wanted number follows its ends.
 *
 * @param isCrowded more processes than cores: what one of them does is not what it could.
 */
export function capacityOf(
  cells: readonly ComparedCell[],
  sides: readonly ('client' | 'target')[],
  wish: CapacityWish,
  isCrowded: boolean,
): Capacity {
  const excluded: { cell: string; reason: string }[] = [];
  const found = cells.flatMap((compared) =>
    sides.flatMap((side): CellCapacity[] => {
      const capacity = isCrowded
        ? 'client and target shared cores in this run, and what a worker could do on its own was not seen'
        : cellCapacity(compared, side, wish);
      if (typeof capacity !== 'string') return [{ cell: compared.cell.id, side, arms: capacity }];
      excluded.push({ cell: compared.cell.id, reason: capacity });
      return [];
    }),
  );
  return { ...wish, cells: found, excluded };
}

/** @returns why not, in words. */
function cellCapacity(
  compared: ComparedCell,
  side: 'client' | 'target',
  wish: CapacityWish,
): ByRole<ArmCapacity> | string {
  if (compared.invalid !== null) return 'it is invalid';
  const idle = roles.filter((role) => !isBusy(compared.bottleneck[role], side));
  if (idle.length > 0)
    return `the ${side} was not saturated in the ${idle.join(' and the ')}, and CPU per request depends on load`;
  const samples = samplesOf(compared, (arm) => {
    const value = metricOf(cpuMetric[side], arm);
    return value === null || value <= 0 ? null : Math.log(value);
  });
  if (!areEnough(samples)) return 'it has fewer than two launches';
  const of = (role: Role) => armCapacity(samples[role], wish);
  return { baseline: of('baseline'), candidate: of('candidate') };
}

const isBusy = (bottleneck: Bottleneck, side: 'client' | 'target'): boolean =>
  bottleneck === side || bottleneck === 'both';

/** @param logs ln of µs of CPU per request, by launch. */
function armCapacity(
  logs: readonly number[],
  { utilisation, targetRate }: CapacityWish,
): ArmCapacity {
  const { mean, low, high } = meanInterval(logs, level);
  const carried = (log: number): number => (utilisation * 1e6) / Math.exp(log);
  const perWorker: Interval = {
    estimate: carried(mean),
    low: carried(high),
    high: carried(low),
    level,
  };
  if (targetRate === null) return { perWorker, workers: null };
  const needed = (rate: number): number => Math.ceil(targetRate / rate);
  return {
    perWorker,
    workers: {
      estimate: needed(perWorker.estimate),
      low: needed(perWorker.high),
      high: needed(perWorker.low),
    },
  };
}
