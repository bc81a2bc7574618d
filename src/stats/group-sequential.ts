import { normalAbove, normalQuantileAbove } from './normal.ts';

/**
 * Tests that look at the data several times and still keep their level.
 *
 * A statistic that is tested at 5 % at each of five looks calls a change in 13 % of cases where there is
 * none. Lan and DeMets (Biometrika 70, 1983, 659–663) give each look a share of the error instead: a
 * function α*(τ) says how much may be spent by the time a share τ of the launches is in. Theirs in the
 * manner of O'Brien and Fleming is
 *
 *     α*(τ) = 2 − 2 Φ(z(1 − α/2) / √τ)
 *
 * which spends next to nothing early, so that the last look is hardly stricter than a single test.
 */
export function spentBy(fraction: number, alpha: number): number {
  if (fraction >= 1) return alpha;
  return 2 * normalAbove(normalQuantileAbove(alpha / 2) / Math.sqrt(fraction));
}

/** A look: how many launches there are, and how much of the error may be spent up to it. */
interface Look {
  readonly launches: number;
  readonly spent: number;
}

/**
 * The two-sided level at which each look tests, so that the probability of ever rejecting by look k is
 * just what may be spent by then.
 *
 * With Z the standardised statistic, S = Z √n is a random walk: between looks it grows by independent
 * normal steps of variance n₂ − n₁. Let g be the density of S among the walks that have not been
 * rejected yet. A bound c at the next look rejects
 *
 *     ∫ g(s) P(|s + step| > c √n₂) ds
 *
 * of all walks; c is found by bisection so that this is what the look may newly spend, and g is carried on
 * over what is left between −c√n₂ and c√n₂ (Armitage, McPherson and Rowe, J. R. Statist. Soc. A 132, 1969,
 * 235–244). Both integrals by Simpson's rule. By symmetry only sums of the two sides are needed.
 *
 * The levels are those of a normal statistic; `sequential.ts` applies them to the p of Student's t.
 *
 * @param looks in order; launches and spent error rise.
 */
export function levelsOf(looks: readonly Look[]): number[] {
  const levels: number[] = [];
  let walk: Walk | null = null;
  let before: Look = { launches: 0, spent: 0 };
  for (const [index, look] of looks.entries()) {
    const bound: number =
      walk === null
        ? normalQuantileAbove(Math.min(1, look.spent) / 2) * Math.sqrt(look.launches)
        : boundOf(walk, look.launches - before.launches, look.spent - before.spent);
    levels.push(2 * normalAbove(bound / Math.sqrt(look.launches)));
    if (index < looks.length - 1) walk = carried(walk, bound, look.launches - before.launches);
    before = look;
  }
  return levels;
}

/** The density of walks that go on, at points evenly spread over −bound … bound. */
interface Walk {
  readonly points: readonly number[];
  /** Density × Simpson weight × spacing: a sum over them is an integral. */
  readonly masses: readonly number[];
}

const intervals = 120;

function carried(walk: Walk | null, bound: number, variance: number): Walk {
  const width = (2 * bound) / intervals;
  const sd = Math.sqrt(variance);
  const points = Array.from({ length: intervals + 1 }, (_, i) => -bound + i * width);
  const masses = points.map((point, i) => {
    const weight = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2;
    const density =
      walk === null
        ? normalDensity(point / sd) / sd
        : walk.points.reduce(
            (sum, from, j) =>
              sum + ((walk.masses[j] ?? 0) * normalDensity((point - from) / sd)) / sd,
            0,
          );
    return (density * weight * width) / 3;
  });
  return { points, masses };
}

function boundOf(walk: Walk, variance: number, toSpend: number): number {
  const sd = Math.sqrt(variance);
  const rejected = (bound: number): number =>
    walk.points.reduce(
      (sum, from, i) =>
        sum +
        (walk.masses[i] ?? 0) *
          (normalAbove((bound - from) / sd) + normalAbove((bound + from) / sd)),
      0,
    );
  let low = 0;
  let high = 40 * sd + (walk.points.at(-1) ?? 0);
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (rejected(middle) > toSpend) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
