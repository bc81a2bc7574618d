import type { Price, PricedCell, PriceList, Unit } from '../../model/causes.ts';
import { type ByRole, roles } from '../../model/plan.ts';
import type { Interval } from '../../model/report.ts';
import { relativeChange } from '../../model/units.ts';
import { combinationInterval, combine } from '../../stats/combination.ts';
import { dot, type Rows } from '../../stats/least-squares.ts';
import { trimmedMoments } from '../../stats/trimmed.ts';
import { type ComparedCell, cpuMetric, difference } from './compared-cells.ts';
import { predictLeftOut } from './left-out.ts';
import { type FittedPrices, fitPrices } from './prices.ts';
import { type PricedInput, pricedInputs, type Trusted } from './priced-cells.ts';
import { type Item, separable } from './separable.ts';
import { allUnits } from './units.ts';
import { dearerCells } from './where.ts';

const level = 0.95;

/** The price list of one candidate beside its baseline: the same items, because both arms keep the same contract. */
export function priceList(
  cells: readonly ComparedCell[],
  side: 'client' | 'target',
  trusted: Trusted,
): PriceList {
  const about = { candidate: cells[0]?.cell.candidate ?? '', side };
  const { inputs, excluded } = pricedInputs(cells, side, trusted);
  if (inputs.length < 2) {
    const why = excluded[0] === undefined ? '' : `; ${excluded[0].cell}: ${excluded[0].reason}`;
    const reason = `prices are told apart by cells that do different work, and ${inputs.length} can be used${why}`;
    return { ...about, state: 'none', reason };
  }
  const columns = allUnits.flatMap((unit, u) => {
    const perRequest = inputs.map((input) => input.perRequest.baseline[u] ?? 0);
    return Math.max(...perRequest) > leastOf(unit) ? [{ unit, perRequest }] : [];
  });
  const { items, merged } = separable(
    columns,
    inputs.map(({ measured }) => measured.baseline),
  );
  const work = workOf(inputs, items);
  const cpuOf = (role: 'baseline' | 'candidate') => inputs.map(({ measured }) => measured[role]);
  const fits = {
    baseline: fitPrices(work.baseline, cpuOf('baseline')),
    candidate: fitPrices(work.candidate, cpuOf('candidate')),
  };
  const priced = inputs.map((input, c) => pricedCell(input, c, inputs, work, fits));
  const dearer = dearerCells(
    inputs.map(({ cell }) => cell),
    cpuMetric[side],
  );
  const shares = sharesOf(inputs, work, fits, new Set(dearer));
  return {
    ...about,
    state: 'fitted',
    prices: items.map((item, u) => priceOf(item, u, inputs, fits, shares?.[u] ?? null)),
    cells: priced,
    worstFit:
      inputs.length === items.length
        ? null
        : worst(priced.flatMap(({ measured, explained }) => errorsOf(measured, explained))),
    worstLeftOut: worst(
      priced.flatMap(({ measured, predicted }) =>
        predicted === null ? [] : errorsOf(measured, predicted),
      ),
    ),
    merged,
    excluded,
  };
}

/** A body of a few bytes is a part of its request, and nobody would ask for its price. */
const leastOf = ({ kind }: Unit): number =>
  kind === 'kilobyte' || kind === 'tlsKilobyte' ? 0.1 : 0;

/** How often each item comes in each cell, by arm. */
const workOf = (inputs: readonly PricedInput[], items: readonly Item[]): ByRole<Rows> => {
  const first = items.map(({ units }) => allUnits.indexOf(units[0]));
  const rows = (role: 'baseline' | 'candidate') =>
    inputs.map(({ perRequest }) => first.map((u) => perRequest[role][u] ?? 0));
  return { baseline: rows('baseline'), candidate: rows('candidate') };
};

function pricedCell(
  { cell, measured }: PricedInput,
  c: number,
  inputs: readonly PricedInput[],
  work: ByRole<Rows>,
  fits: ByRole<FittedPrices>,
): PricedCell {
  const explained = (role: 'baseline' | 'candidate') => dot(work[role][c] ?? [], fits[role].prices);
  const [baseline, candidate] = roles.map((role) =>
    predictLeftOut(
      work[role],
      inputs.map(({ cpu }) => cpu[role]),
      c,
    ),
  );
  return {
    cell: cell.cell.id,
    measured,
    explained: { baseline: explained('baseline'), candidate: explained('candidate') },
    predicted: baseline == null || candidate == null ? null : { baseline, candidate },
  };
}

/**
 * A price is Σ weight(c) × CPU(c), so its interval is by the launches of these cells. Of the two arms' prices the ratio is what
 * matters, and what their launches have in common falls out of it: with x(c, j) the CPU of launch j, to first order
 *
 *     ln p' − ln p ≈ constant + Σ over c  ( weight'(c) x'(c, j) ÷ p'  −  weight(c) x(c, j) ÷ p )
 */
function priceOf(
  item: Item,
  u: number,
  inputs: readonly PricedInput[],
  fits: ByRole<FittedPrices>,
  share: number | null,
): Price {
  const weight = (role: 'baseline' | 'candidate', c: number) => fits[role].weights[u]?.[c] ?? 0;
  const price = {
    baseline: fits.baseline.prices[u] ?? 0,
    candidate: fits.candidate.prices[u] ?? 0,
  };
  const intervalOf = (role: 'baseline' | 'candidate'): Interval => {
    const found = combine(
      inputs.map(({ cpu }, c) => ({ weight: weight(role, c), sample: cpu[role] })),
      trimmedMoments,
    );
    const { low, high } = combinationInterval(found, level);
    return { estimate: price[role], low: Math.max(0, low), high: Math.max(0, high), level };
  };
  const isTold = price.baseline > 0 && price.candidate > 0;
  return {
    units: item.units,
    label: item.label,
    baseline: intervalOf('baseline'),
    candidate: intervalOf('candidate'),
    change: isTold ? changeOf(price, weight, inputs) : null,
    share,
  };
}

function changeOf(
  price: ByRole<number>,
  weight: (role: 'baseline' | 'candidate', c: number) => number,
  inputs: readonly PricedInput[],
): Interval {
  const parts = inputs.flatMap(({ cpu }, c) =>
    difference(cpu, {
      baseline: -weight('baseline', c) / price.baseline,
      candidate: weight('candidate', c) / price.candidate,
    }),
  );
  const log = Math.log(price.candidate / price.baseline);
  const { low, high } = combinationInterval(
    { ...combine(parts, trimmedMoments), value: log },
    level,
  );
  return {
    estimate: relativeChange(log),
    low: relativeChange(low),
    high: relativeChange(high),
    level,
  };
}

/**
 * Of what the dearer cells cost more, how much each item says; each cell counts by its relative change. Shares add up to 1, and what got
 * cheaper has a negative one.
 */
function sharesOf(
  inputs: readonly PricedInput[],
  work: ByRole<Rows>,
  fits: ByRole<FittedPrices>,
  dearer: ReadonlySet<ComparedCell>,
): readonly number[] | null {
  const items = fits.baseline.prices.map((_, u) => {
    const cost = (role: 'baseline' | 'candidate', c: number) =>
      (work[role][c]?.[u] ?? 0) * (fits[role].prices[u] ?? 0);
    return inputs.reduce((sum, { cell, measured }, c) => {
      if (!dearer.has(cell)) return sum;
      return sum + (cost('candidate', c) - cost('baseline', c)) / measured.baseline;
    }, 0);
  });
  const all = items.reduce((sum, item) => sum + item, 0);
  return all > 0 ? items.map((item) => item / all) : null;
}

const errorsOf = (measured: ByRole<number>, said: ByRole<number>): number[] =>
  roles.map((role) => Math.abs(said[role] / measured[role] - 1));

const worst = (errors: readonly number[]): number | null =>
  errors.length === 0 ? null : Math.max(...errors);
