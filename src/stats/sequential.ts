import { levelsOf, spentBy } from './group-sequential.ts';

/** The looks that were taken at a cell. */
export interface Looks {
  /** Launches at each look, rising. */
  readonly launches: readonly [number, ...number[]];
  /** Launches at which the whole error would be spent. */
  readonly most: number;
  /**
   * Nothing can follow the last look, for a reason that does not lie in the data (the budget, the planned
   * end): it may spend all that is left.
   */
  readonly final: boolean;
}

/** The tests of one schedule of looks, for every level at once. */
export interface SequentialTest {
  /** The two-sided level at which the last look tests, where all looks together may err with `alpha`. */
  levelAt(alpha: number): number;
  /**
   * The smallest alpha at which the looks so far would have rejected (Jennison and Turnbull, Group
   * Sequential Methods, 2000, §9.3): a p like any other, however the looks depend on what was seen. Holm takes it.
   * @param ps two-sided p at each look, in order.
   */
  repeatedP(ps: readonly number[]): number;
}

/**
 * The levels are worked out for a normal statistic, and Student's t over few launches rejects a little too often by
 * them: 5.4 % where 5 % were to be spent, over 6, 8, 10, 12, 16 launches (standard error 0.06 %; 5.3 % over other
 * schedules, and 0.50 to 0.54 % where it was 0.5 %). So several looks share this much of alpha.
 */
const shared = 0.92;
/** A very early look may spend less than can be told from nothing: 1 − level has to stay below 1. */
const strictest = 1e-12;
/** log₁₀ of the smallest alpha that is told from smaller ones. */
const least = -12;
const perDecade = 4;

/**
 * Levels are worked out for alphas that are spread evenly over a logarithmic axis, and read off between
 * them along straight lines in logarithms, forwards for an interval and backwards for a p: so an interval leaves
 * 0 out exactly when its p is below alpha. With one final look the line is alpha itself.
 */
export function sequentialTest(looks: Looks): SequentialTest {
  const key = JSON.stringify(looks);
  const known = tests.get(key) ?? worked(looks);
  tests.set(key, known);
  return known;
}

/** Every cell of a matrix has one of a few schedules, and each takes a tenth of a second. */
const tests = new Map<string, SequentialTest>();

function worked({ launches, most, final }: Looks): SequentialTest {
  const lnAlphas = Array.from(
    { length: -least * perDecade + 1 },
    (_, i) => (least + i / perDecade) * Math.LN10,
  );
  const lnLevels = lnAlphas.map((lnAlpha) => {
    const alpha = Math.exp(lnAlpha);
    const toSpend = launches.length === 1 && final ? alpha : shared * alpha;
    const looks = launches.map((n, i) => ({
      launches: n,
      spent: final && i === launches.length - 1 ? toSpend : spentBy(n / most, toSpend),
    }));
    return levelsOf(looks).map(Math.log);
  });
  const lnLevelsOf = (look: number): number[] => lnLevels.map((levels) => levels[look] ?? 0);
  const last = launches.length - 1;
  return {
    levelAt: (alpha) =>
      Math.max(strictest, Math.exp(along(lnAlphas, lnLevelsOf(last), Math.log(alpha)))),
    repeatedP: (ps) =>
      Math.min(1, ...ps.map((p, look) => Math.exp(along(lnLevelsOf(look), lnAlphas, Math.log(p))))),
  };
}

/** One look, planned as the only one. */
export const singleLook = (launches: number): Looks => ({
  launches: [launches],
  most: launches,
  final: true,
});

/** y at x on the broken line through points whose x rise; the outer pieces go on beyond their ends. */
function along(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = xs.findIndex((known) => known > x);
  const right = Math.max(1, after === -1 ? xs.length - 1 : after);
  const [x0 = 0, x1 = 0] = [xs[right - 1], xs[right]];
  const [y0 = 0, y1 = 0] = [ys[right - 1], ys[right]];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
