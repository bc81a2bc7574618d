import type { Causes } from '../../model/causes.ts';
import type { HeaderRow } from '../../model/journal.ts';
import type { CapacityWish, Side } from '../../model/plan.ts';
import { axisEffects } from './axis-effects.ts';
import { capacityOf } from './capacity.ts';
import { byCandidate, type ComparedCell } from './compared-cells.ts';
import { priceList } from './price-list.ts';
import { sentencesOf } from './sentences.ts';

/** Why the cells came out as they did. */
export function causesOf(
  cells: readonly ComparedCell[],
  { plan, trusted, warnings }: Pick<HeaderRow, 'plan' | 'trusted' | 'warnings'>,
  wish: CapacityWish,
): Causes {
  const candidates = [...byCandidate(cells).values()];
  const sides = sidesOf(plan.compare.side);
  const axes = candidates.flatMap((own) => axisEffects(own, plan.gate.alpha) ?? []);
  const prices = candidates.flatMap((own) => sides.map((side) => priceList(own, side, trusted)));
  const isCrowded = warnings.some(({ code }) => code === 'crowded');
  const capacity = capacityOf(cells, sides, wish, isCrowded);
  return {
    sentences: candidates.flatMap((own) =>
      sentencesOf(own, { prices, capacity, isOnly: candidates.length === 1 }),
    ),
    ...{ axes, prices, capacity },
  };
}

/** Of imported results nothing is known but what they say. */
export const noCauses = (wish: CapacityWish): Causes => ({
  ...{ sentences: [], axes: [], prices: [] },
  capacity: { ...wish, cells: [], excluded: [] },
});

const sidesOf = (side: Side): readonly ('client' | 'target')[] =>
  side === 'both' ? ['client', 'target'] : [side];
