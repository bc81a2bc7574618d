import { leastSquaresOperator, shareLeft } from '../../stats/least-squares.ts';

type Variants = Readonly<Record<string, string>>;

/** One effect as a weighted sum of what the cells have. */
export interface Effect {
  /** Of one axis, or of two that interact. */
  readonly variants: Variants;
  /** One for each cell. */
  readonly weights: readonly number[];
}

interface Effects {
  /** Of μ, from which the effects are measured. */
  readonly mean: readonly number[];
  readonly effects: readonly Effect[];
}

/**
 * Effects of axes on what cells have, as weights of the cells. With cell means y(c), first the additive model is fitted by
 * least squares, in effect coding, where the effects of an axis add up to 0:
 *
 *     y(c) ≈ μ + Σ over axes  α(axis, its variant in c)
 *
 * and then each pair of variants has as its interaction the mean, over the cells in which both meet, of what the additive
 * model leaves: what they do together beyond what each does everywhere. In a complete matrix these are the main effects and
 * interactions of the analysis of variance. Where cells are missing, as without TLS those with a TLS context, the additive part
 * takes what it can explain and only the rest is called an interaction.
 *
 * An axis whose effect cannot be told from those before it (two axes that always change together) has no effect of its own here.
 */
export function effectsOf(cells: readonly Variants[]): Effects {
  const kept: CodedAxis[] = [];
  for (const axis of axesOf(cells).flatMap((name) => codedAxis(name, cells))) {
    const others = [cells.map(() => 1), ...kept.flatMap(({ columns }) => columns)];
    const isNew = axis.columns.every(
      (column, i) => shareLeft(column, [...others, ...axis.columns.slice(0, i)]) > distinct,
    );
    if (isNew) kept.push(axis);
  }
  const rows = cells.map((_, c) => [
    1,
    ...kept.flatMap(({ columns }) => columns.map((column) => column[c] ?? 0)),
  ]);
  const operator = leastSquaresOperator(rows);
  const single = mainEffects(kept, operator);
  const explained = (c: number): number[] =>
    cells.map((_, i) =>
      operator.reduce((sum, row, u) => sum + (rows[c]?.[u] ?? 0) * (row[i] ?? 0), 0),
    );
  // Of each cell, what it has beyond the additive model, again as weights of all cells.
  const left = cells.map((_, c) => explained(c).map((weight, i) => (i === c ? 1 : 0) - weight));
  return { mean: operator[0] ?? [], effects: [...single, ...interactions(cells, left)] };
}

/** Less of its own than this is rounding, or as good as nothing. */
const distinct = 1e-6;

interface CodedAxis {
  readonly axis: string;
  readonly variants: readonly string[];
  /** For each variant but the last: 1 in its cells, −1 in those of the last, else 0. */
  readonly columns: readonly (readonly number[])[];
}

const axesOf = (cells: readonly Variants[]): string[] => Object.keys(cells[0] ?? {});

function codedAxis(axis: string, cells: readonly Variants[]): CodedAxis[] {
  const variants = [...new Set(cells.map((cell) => cell[axis] ?? ''))];
  const last = variants.at(-1);
  if (variants.length < 2 || last === undefined) return [];
  const columns = variants
    .slice(0, -1)
    .map((variant) =>
      cells.map((cell) => (cell[axis] === variant ? 1 : cell[axis] === last ? -1 : 0)),
    );
  return [{ axis, variants, columns }];
}

/** The effect of the last variant is what makes those of its axis add up to 0. */
function mainEffects(axes: readonly CodedAxis[], operator: readonly (readonly number[])[]) {
  let row = 1;
  return axes.flatMap(({ axis, variants, columns }): Effect[] => {
    const own = operator.slice(row, row + columns.length);
    row += columns.length;
    const last = (operator[0] ?? []).map((_, i) => -own.reduce((sum, w) => sum + (w[i] ?? 0), 0));
    return variants.map((variant, v) => ({
      variants: { [axis]: variant },
      weights: own[v] ?? last,
    }));
  });
}

function interactions(cells: readonly Variants[], left: readonly (readonly number[])[]): Effect[] {
  const axes = axesOf(cells);
  const pairs = axes.flatMap((first, i) => axes.slice(i + 1).map((second) => ({ first, second })));
  return pairs.flatMap(({ first, second }) => {
    const groups = new Map<string, number[]>();
    for (const [c, cell] of cells.entries()) {
      const key = JSON.stringify([cell[first], cell[second]]);
      groups.set(key, [...(groups.get(key) ?? []), c]);
    }
    return [...groups.values()].flatMap((members): Effect[] => {
      const weights = cells.map(
        (_, i) => members.reduce((sum, c) => sum + (left[c]?.[i] ?? 0), 0) / members.length,
      );
      // The additive model explains these cells whatever they have.
      if (weights.every((weight) => Math.abs(weight) < distinct)) return [];
      const cell = cells[members[0] ?? 0] ?? {};
      return [
        {
          variants: { [first]: cell[first] ?? '', [second]: cell[second] ?? '' },
          weights: weights.map((weight) => (Math.abs(weight) < distinct ? 0 : weight)),
        },
      ];
    });
  });
}
