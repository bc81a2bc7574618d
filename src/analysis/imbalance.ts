import type { ByRole } from '../model/plan.ts';
import { roles } from '../model/plan.ts';
import type { Imbalance } from '../model/report.ts';
import type { Warning } from '../model/warning.ts';
import { type ArmTotals, rateOf } from './arm-totals.ts';

/** Workers further apart than this do not carry what their mean says. */
const tolerable = 0.2;

/** The fastest worker's rate less the slowest's, over their mean, in each launch. Null with one worker. */
export function imbalanceOf(launches: readonly ArmTotals[]): Imbalance | null {
  const apart = launches.flatMap(({ workers }) => {
    const rates = workers.map(rateOf).filter((rate) => Number.isFinite(rate) && rate > 0);
    if (rates.length < 2) return [];
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    return [(Math.max(...rates) - Math.min(...rates)) / mean];
  });
  if (apart.length === 0) return null;
  const mean = apart.reduce((sum, some) => sum + some, 0) / apart.length;
  return { mean, range: [Math.min(...apart), Math.max(...apart)] };
}

/** Of closed load only: paced load is shared out by whole users, which need not be the same number for each worker. */
export function imbalanced(imbalance: ByRole<Imbalance | null>): Warning | null {
  const found = roles.flatMap((role) => {
    const { mean = 0 } = imbalance[role] ?? {};
    return mean > tolerable ? [`${(mean * 100).toFixed(0)} % in the ${role}`] : [];
  });
  if (found.length === 0) return null;
  return {
    code: 'imbalance',
    message: `the rates of the workers are far apart: ${found.join(', ')}, between the fastest and the slowest`,
    next: 'Look which worker is slow, and what else runs on its core; give each worker a core of its own (--workers).',
  };
}
