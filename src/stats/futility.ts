import { moments } from './moments.ts';
import { normalAbove } from './normal.ts';
import { tQuantile } from './student.ts';

/**
 * The chance that a comparison which is undecided after n launches is decided by `most` of them, either
 * as a change or as none beyond the limits. It is the predictive one (Spiegelhalter, Freedman and Blackburn,
 * Control. Clin. Trials 7, 1986, 8–17): the true change is as uncertain as the data leave it.
 *
 *     mean over all ~ normal(mean so far, sd² (1/n − 1/most))
 *
 * and at the end, with se = sd / √most,
 *
 *     changed    |mean| > t(1 − alpha/2) se
 *     unchanged  low + t(1 − level) se < mean < high − t(1 − level) se
 *
 * alpha is taken as if nothing had been spent before, so the chance is told a little too high: a cell is given up
 * too late rather than too early.
 *
 * @param sample one log ratio per launch, n ≥ 2. @param most at least n.
 * @throws RangeError
 */
export function chanceOfDecision(
  sample: readonly number[],
  plan: {
    readonly most: number;
    readonly alpha: number;
    readonly low: number;
    readonly high: number;
    readonly level: number;
  },
): number {
  const { n, mean, sd } = moments(sample);
  const { most, alpha, low, high, level } = plan;
  const spread = sd * Math.sqrt(Math.max(0, 1 / n - 1 / most));
  if (spread === 0) return 0;
  const between = (from: number, to: number): number =>
    from >= to ? 0 : normalAbove((from - mean) / spread) - normalAbove((to - mean) / spread);
  const se = sd / Math.sqrt(most);
  const proven = -tQuantile(alpha / 2, most - 1) * se;
  const inside = -tQuantile(level, most - 1) * se;
  const [from, to] = [low + inside, high - inside];
  // A small change can be both proven and within the limits: only what is neither remains undecided.
  const undecided =
    from < to
      ? between(-proven, Math.min(from, proven)) + between(Math.max(to, -proven), proven)
      : between(-proven, proven);
  return 1 - undecided;
}
