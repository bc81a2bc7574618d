import type { Axis, Variant } from './axes.ts';
import { entry, type LocatedMapping } from './located.ts';
import { matches, type Pattern } from './patterns.ts';
import { failureAt } from './place.ts';

/** One combination of variants, not yet merged. */
export interface Combination {
  readonly id: string;
  /** Axis → variant, in the order of the file. */
  readonly names: Pattern;
  /** What the cell is called by: these names, and before them the candidate where there are several. */
  readonly calledBy: Pattern;
  readonly variants: readonly Variant[];
  /** An `exclude` pattern matched it and an `include` pattern brought it back. */
  readonly putBack: boolean;
}

/** More could neither be run nor read; it stops a typing error from filling the memory. */
const maxCells = 10_000;

const cellId = (names: Pattern): string =>
  names.size === 0 ? 'all' : [...names].map(([axis, variant]) => `${axis}=${variant}`).join(',');

const product = (axes: readonly Axis[]): readonly (readonly Variant[])[] =>
  axes.reduce<readonly (readonly Variant[])[]>(
    (all, axis) => all.flatMap((some) => axis.variants.map((variant) => [...some, variant])),
    [[]],
  );

/**
 * All combinations of the axes, less those that `exclude` matches, and again those of them that
 * `include` matches. In the order of the file, the last axis fastest.
 * @throws BenchFailure `configuration` where no cell is left, or far too many are.
 */
export const combinationsOf = (
  axes: readonly Axis[],
  exclude: readonly Pattern[],
  include: readonly Pattern[],
  root: LocatedMapping,
): readonly Combination[] => {
  const total = axes.reduce((cells, { variants }) => cells * variants.length, 1);
  if (total > maxCells)
    throw failureAt(
      entry(root, 'axes')?.key ?? root.place,
      `the axes span ${total} cells, and ${maxCells} is the most. Split the matrix into several files.`,
    );
  const combinations = product(axes).flatMap((variants): readonly Combination[] => {
    const names = new Map(axes.map((axis, i) => [axis.name, variants[i]?.name ?? '']));
    const excluded = exclude.some((pattern) => matches(pattern, names));
    const putBack = excluded && include.some((pattern) => matches(pattern, names));
    return excluded && !putBack
      ? []
      : [{ id: cellId(names), names, calledBy: names, variants, putBack }];
  });
  if (combinations.length > 0) return combinations;
  throw failureAt(
    entry(root, 'exclude')?.key ?? root.place,
    'every cell is excluded. Remove a pattern.',
  );
};

/** The combination for one of several candidates. @param axis the compared one */
export const ofCandidate = (
  combination: Combination,
  axis: string,
  candidate: string,
): Combination => {
  const calledBy = new Map([[axis, candidate], ...combination.names]);
  return { ...combination, id: cellId(calledBy), calledBy };
};
