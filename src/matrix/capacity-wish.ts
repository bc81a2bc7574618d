import type { CapacityWish } from '../model/plan.ts';
import { fraction } from '../model/units.ts';
import type { MatrixFile } from './file-schema.ts';
import { failureAt } from './place.ts';

/** `--target-rate` before what the file says. @throws BenchFailure for a rate that is none. */
export function capacityWish(
  { utilisation, targetRate }: MatrixFile['capacity'],
  option: number | null,
): CapacityWish {
  return {
    utilisation: fraction(utilisation),
    targetRate: rateOption(option) ?? targetRate ?? null,
  };
}

/** @throws BenchFailure */
export function rateOption(option: number | null): number | null {
  if (option === null || (Number.isFinite(option) && option > 0)) return option;
  throw failureAt(
    { kind: 'option', option: '--target-rate' },
    `${option} is not a rate. Write requests per second such as 1200.`,
  );
}
