import type { MergedUnits, Unit } from '../../model/causes.ts';
import { leastSquares, shareLeft } from '../../stats/least-squares.ts';
import { separating, unitName, unitsNamed } from './unit-words.ts';

/** A unit and how many of it there were in each cell, for each request. */
export interface UnitColumn {
  readonly unit: Unit;
  readonly perRequest: readonly number[];
}

/** What has one price: a unit, or several that always come together. */
export interface Item {
  readonly units: readonly [Unit, ...Unit[]];
  readonly label: string;
  /** Of the first unit, by cell. */
  readonly perRequest: readonly number[];
}

interface Separated {
  readonly items: readonly Item[];
  readonly merged: readonly MergedUnits[];
}

/** Columns that leave less than this of one another could not be told apart by any measurement. */
const alike = 1e-3;

/**
 * Which units these cells can tell apart. Prices p solve  CPU(c) ≈ Σ n(c, u) p(u)  over cells c, and where the column
 * n(·, u) is a multiple of another one, any part of the one price can be called the other: then both have one price
 * together. Where it is a combination of several, it has none of its own, and its cost is in theirs.
 *
 * @param scale by which each cell's row is divided in the fit, so that likeness is judged as the fit sees it.
 */
export function separable(columns: readonly UnitColumn[], scale: readonly number[]): Separated {
  const scaled = (perRequest: readonly number[]): number[] =>
    perRequest.map((n, c) => n / (scale[c] ?? 1));
  const groups: { units: [Unit, ...Unit[]]; perRequest: readonly number[]; with: string[] }[] = [];
  const merged: MergedUnits[] = [];
  for (const { unit, perRequest } of columns) {
    const own = scaled(perRequest);
    const twin = groups.find((group) => shareLeft(own, [scaled(group.perRequest)]) < alike);
    if (twin !== undefined) {
      const each = ratioOf(perRequest, twin.perRequest);
      twin.units.push(unit);
      twin.with.push(unitsNamed(unit, each));
      merged.push({
        units: [twin.units[0], unit],
        message: `${unitName(twin.units[0])} always comes with ${unitsNamed(unit, each)} in this matrix: they have one price together`,
        next: separating(unit),
      });
      continue;
    }
    const others = groups.map((group) => scaled(group.perRequest));
    if (shareLeft(own, others) >= alike) {
      groups.push({ units: [unit], perRequest, with: [] });
      continue;
    }
    const shares = leastSquares(transposed(others), own);
    const within = groups.filter((_, g) => Math.abs(shares[g] ?? 0) > alike);
    const names = within.map(({ units }) => unitName(units[0]));
    merged.push({
      units: [unit, ...within.map(({ units }) => units[0])],
      message: `${unitName(unit)} cannot be told from ${names.join(' and ')} in this matrix: its cost is in theirs`,
      next: separating(unit),
    });
  }
  const items = groups.map(({ units, perRequest, with: also }) => ({
    units,
    perRequest,
    label: [unitName(units[0]), ...also].join(', with '),
  }));
  return { items, merged };
}

/** How many of one there are for each of the other. */
function ratioOf(perRequest: readonly number[], other: readonly number[]): number {
  const total = (values: readonly number[]): number => values.reduce((sum, n) => sum + n, 0);
  return total(perRequest) / total(other);
}

const transposed = (columns: readonly (readonly number[])[]): number[][] =>
  (columns[0] ?? []).map((_, c) => columns.map((column) => column[c] ?? 0));
