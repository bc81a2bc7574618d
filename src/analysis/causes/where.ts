import { type MetricName, metrics } from '../../model/metrics.ts';
import type { ComparedCell } from './compared-cells.ts';
import { holdsAll, sharedTraits, type Traits, traitsOf } from './traits.ts';

/** How much worse a metric of a cell became, as a relative change; below 0 it became better. */
export interface CellChange {
  readonly cell: ComparedCell;
  readonly worse: number;
  /** In which direction it is proven to have changed; null where it is not. */
  readonly proven: 'worse' | 'better' | null;
}

/** Of the cells that were compared, by their primary metric. */
export const changesOf = (cells: readonly ComparedCell[]): CellChange[] =>
  cells.flatMap((cell) => changeOf(cell, cell.primary) ?? []);

function changeOf(cell: ComparedCell, metric: MetricName): CellChange | null {
  const comparison = cell.metrics.find((own) => own.metric === metric);
  if (cell.invalid !== null || comparison === undefined || comparison.change === null) return null;
  const { estimate } = comparison.change;
  const { verdict } = comparison;
  const isWorse = verdict === 'regression' || verdict === 'slower';
  const isBetter = verdict === 'improvement' || verdict === 'faster';
  return {
    cell,
    worse: metrics[metric].better === 'lower' ? estimate : -estimate,
    proven: isWorse ? 'worse' : isBetter ? 'better' : null,
  };
}

export const dearerCells = (cells: readonly ComparedCell[], metric: MetricName): ComparedCell[] =>
  cells.filter((cell) => changeOf(cell, metric)?.proven === 'worse');

/** Cells that variants have in common, and how much of all that changed is theirs. */
export interface Place {
  /** All variants that its cells share; empty where they share none. */
  readonly variants: Readonly<Record<string, string>>;
  /** What they do with connections, if no other cell does the same; else null. */
  readonly traits: Traits | null;
  readonly inside: readonly CellChange[];
  readonly outside: readonly CellChange[];
  /** Of the proven changes in this direction, added up over cells. */
  readonly share: number;
}

/** A place with more conditions has to explain so much more. */
const worthACondition = 1.05;

/**
 * Where a change is, in the fewest words: the properties, one or up to three, that part the cells best. Best is what leaves the least
 * spread on both sides, as a regression tree splits (Breiman, Friedman, Olshen and Stone, 1984): with n₁ cells inside and n₀
 * outside, the spread that a split explains is
 *
 *     n₁ n₀ ÷ n × (mean inside − mean outside)²
 *
 * of log ratios, so that a cell of +300 % does not hide that all of another variant are at +50 %.
 *
 * @param direction of the change that is looked for; cells in which it is not proven count with what was measured, but a place must
 *   hold a proven one. @returns null where nothing is proven in this direction.
 */
export function placeOf(
  changes: readonly CellChange[],
  direction: 'worse' | 'better',
): Place | null {
  const guilty = changes.filter(({ proven }) => proven === direction);
  if (guilty.length === 0) return null;
  const everywhere = placed(changes, () => true, direction);
  // Where all of them changed alike there is nothing to part.
  const properties = new Map(changes.map((change) => [change, new Set(propertiesOf(change))]));
  const candidates = conditionsOf(guilty).flatMap((condition) => {
    const place = placed(
      changes,
      (change) => condition.every((property) => properties.get(change)?.has(property)),
      direction,
    );
    if (place.outside.length === 0 || place.share < leastShare) return [];
    const score = explained(place, direction) / worthACondition ** condition.length;
    return [{ place, score }];
  });
  const [best] = candidates.sort((a, b) => b.score - a.score);
  if (best === undefined || !isClear(best.place, changes, direction)) return everywhere;
  return best.place;
}

/** What can be said of a cell: its variants, and what it does with connections. */
const propertiesOf = ({ cell }: CellChange): readonly string[] => [
  ...Object.entries(cell.cell.variants).map(([axis, variant]) => `${axis}=${variant}`),
  ...[...traitsOf(cell.cell.arms.candidate)].map(([name, value]) => `(${name}: ${value})`),
];

/** Combinations of up to three properties that some cell has. */
function conditionsOf(changes: readonly CellChange[]): (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const change of changes) {
    const properties = propertiesOf(change);
    for (const [i, first] of properties.entries())
      for (const [j, second] of properties.slice(i).entries())
        for (const third of properties.slice(i + j)) {
          const condition = [...new Set([first, second, third])];
          found.set(JSON.stringify(condition), condition);
        }
  }
  return [...found.values()];
}

function placed(
  changes: readonly CellChange[],
  holds: (change: CellChange) => boolean,
  direction: 'worse' | 'better',
): Place {
  const inside = changes.filter(holds);
  const amount = (some: readonly CellChange[]): number =>
    some
      .filter(({ proven }) => proven === direction)
      .reduce((sum, { worse }) => sum + Math.abs(worse), 0);
  const [first, ...others] = inside.map(({ cell }) => cell.cell.variants);
  const shared = Object.entries(first ?? {}).filter(([axis, variant]) =>
    others.every((variants) => variants[axis] === variant),
  );
  const outside = changes.filter((change) => !holds(change));
  const traits = ({ cell }: CellChange): Traits => traitsOf(cell.cell.arms.candidate);
  const common = sharedTraits(inside.map(traits));
  const isSaidByThem = outside.every((change) => !holdsAll(traits(change), common));
  return {
    variants: Object.fromEntries(shared),
    inside,
    traits: isSaidByThem ? common : null,
    outside,
    share: amount(changes) === 0 ? 0 : amount(inside) / amount(changes),
  };
}

const logOf = ({ worse }: CellChange): number => Math.log(Math.max(1e-6, 1 + worse));

const meanOf = (changes: readonly CellChange[]): number =>
  changes.reduce((sum, change) => sum + logOf(change), 0) / changes.length;

/** Negative where it parts them the wrong way round. */
function explained({ inside, outside }: Place, direction: 'worse' | 'better'): number {
  const difference = meanOf(inside) - meanOf(outside);
  const sign = direction === 'worse' ? 1 : -1;
  const n = inside.length + outside.length;
  return ((sign * difference * inside.length * outside.length) / n) * Math.abs(difference);
}

/** A place that has less than this of a change is not where it is. */
const leastShare = 0.6;

/** A split that explains less than this of the spread names nothing. */
const leastExplained = 0.4;

function isClear(
  place: Place,
  changes: readonly CellChange[],
  direction: 'worse' | 'better',
): boolean {
  const mean = meanOf(changes);
  const spread = changes.reduce((sum, change) => sum + (logOf(change) - mean) ** 2, 0);
  return spread > 0 && explained(place, direction) / spread >= leastExplained;
}
