import type { AxisEffect, AxisEffects } from '../../model/causes.ts';
import type { Interval } from '../../model/report.ts';
import { relativeChange } from '../../model/units.ts';
import {
  type Combination,
  combinationInterval,
  combinationP,
  combine,
} from '../../stats/combination.ts';
import { moments } from '../../stats/moments.ts';
import { holm } from '../../stats/holm.ts';
import { metricOf } from '../arm-totals.ts';
import {
  areEnough,
  type ComparedCell,
  difference,
  type Samples,
  samplesOf,
} from './compared-cells.ts';
import { type Effect, effectsOf } from './effects.ts';

/**
 * Where a change happens, of one candidate: the mean over launches of ln(candidate ÷ baseline) in each cell, taken apart by axes
 * (`effects.ts`). Each effect is a weighted sum of cell means, so its interval is by the launches of these cells, with the
 * spread of each. It looks at launches whose number the looks decided; the family's own verdicts have paid for that, these
 * intervals have not, and nothing is gated by them.
 *
 * @returns null with fewer than two cells that can be compared.
 */
export function axisEffects(cells: readonly ComparedCell[], alpha: number): AxisEffects | null {
  const [first] = cells;
  if (first === undefined) return null;
  const { primary } = first;
  const entered = cells.flatMap((cell) => {
    if (cell.invalid !== null || cell.primary !== primary) return [];
    const samples = samplesOf(cell, (arm) => logOf(metricOf(primary, arm)));
    return areEnough(samples) ? [{ variants: cell.cell.variants, samples }] : [];
  });
  if (entered.length < 2) return null;
  const model = effectsOf(entered.map(({ variants }) => variants));
  const all = model.effects.map((effect) => ({
    effect,
    estimate: combined(entered, effect.weights),
  }));
  const corrections = holm(
    all.map(({ estimate }) => combinationP(estimate)),
    alpha,
  );
  const effects = all.map(({ effect, estimate }, i): AxisEffect => {
    const { adjusted, divisor } = corrections[i] ?? { adjusted: 1, divisor: all.length };
    const proven = adjusted < alpha;
    return {
      variants: effect.variants,
      effect: intervalOf(estimate, 1 - alpha / divisor),
      adjustedP: adjusted,
      proven,
    };
  });
  const mean = combined(entered, model.mean);
  return {
    candidate: first.cell.candidate,
    metric: primary,
    cells: entered.length,
    mean: intervalOf(mean, 1 - alpha),
    effects: effects.filter(({ variants, proven }) => proven || Object.keys(variants).length === 1),
  };
}

const logOf = (value: number | null): number | null =>
  value === null || value <= 0 ? null : Math.log(value);

const combined = (
  entered: readonly { readonly samples: Samples }[],
  weights: Effect['weights'],
): Combination =>
  combine(
    entered.flatMap(({ samples }, i) => {
      const weight = weights[i] ?? 0;
      return weight === 0 ? [] : difference(samples, { baseline: -weight, candidate: weight });
    }),
    moments,
  );

function intervalOf(estimate: Combination, level: number): Interval {
  const { low, high } = combinationInterval(estimate, level);
  return {
    estimate: relativeChange(estimate.value),
    low: relativeChange(low),
    high: relativeChange(high),
    level,
  };
}
