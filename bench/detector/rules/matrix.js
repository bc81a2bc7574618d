/**
 * The tool's judgement of a whole matrix as launches come in: looks, Holm over all comparisons, margins, and cells that
 * drop out once they are decided. The same functions as in src/campaign/run.ts and src/analysis, without what needs
 * journals: contracts, errors, the budget, and giving up on cells that are past hope.
 */
import { verdictOf } from '../../../dist/analysis/compare.js';
import { relativeChange } from '../../../dist/model/units.js';
import { equivalenceP } from '../../../dist/stats/equivalence.js';
import { holm } from '../../../dist/stats/holm.js';
import { oneSampleT } from '../../../dist/stats/interval.js';
import { moments } from '../../../dist/stats/moments.js';
import { sequentialTest } from '../../../dist/stats/sequential.js';
import { alpha, looks } from './defaults.js';

const most = looks.at(-1);

/** Each comparison at the level of the whole matrix, as if it stood alone. */
export const uncorrected = (ps) => ps.map((adjusted) => ({ adjusted }));

/**
 * @param cells `{ seconds: number[], comparisons: { ratios: number[], margin: number, better: 'lower' | 'higher' }[] }`: per launch
 * how long it took, and of each gating metric ln(candidate ÷ baseline).
 * @returns per cell and comparison the verdict at the end, and after how many seconds of the whole run it was first called a
 * regression (null: never); the seconds in all, and the launches of each cell.
 */
export function judgeAsItGoes(cells, correction = holm) {
  const states = cells.map((cell) => ({ cell, launches: 0, decided: false }));
  const all = states.flatMap((state) =>
    state.cell.comparisons.map((comparison) => ({
      ...{ state, comparison, seen: { p: 1, verdict: 'inconclusive' }, calledAfter: null },
      ...{ ps: [], equivalencePs: [] },
    })),
  );
  for (const launches of looks) {
    const open = states.filter(({ decided }) => !decided);
    if (open.length === 0) break;
    for (const state of open) state.launches = launches;
    for (const one of all) if (!one.state.decided) lookAt(one, launches);
    const corrected = correction(
      all.map(({ seen }) => seen.p),
      alpha,
    );
    for (const [index, one] of all.entries()) {
      const { worse, equivalent } = one.seen;
      const proven = corrected[index].adjusted < alpha;
      const { margin } = one.comparison;
      one.verdict = verdictOf({ proven, worse, margin, equivalent });
      if (one.verdict === 'regression') one.calledAfter ??= elapsed(states);
    }
    for (const state of open) {
      state.decided = all.every((one) => one.state !== state || one.verdict !== 'inconclusive');
    }
  }
  return {
    seconds: elapsed(states),
    launches: states.map(({ launches }) => launches),
    comparisons: all.map(({ verdict, calledAfter }) => ({ verdict, calledAfter })),
  };
}

/** p over all looks so far, and whether the change is proven to lie within the margin. */
function lookAt(one, launches) {
  const { ratios, margin, better } = one.comparison;
  const seen = ratios.slice(0, launches);
  one.ps.push(oneSampleT(seen).p);
  one.equivalencePs.push(equivalenceP(seen, Math.log(1 - margin), Math.log(1 + margin)));
  const schedule = looks.slice(0, one.ps.length);
  const test = sequentialTest({ launches: schedule, most, final: launches === most });
  const smallest = Math.min(...one.equivalencePs);
  const doubled = one.equivalencePs.map((p) => Math.min(1, 2 * p));
  const estimate = relativeChange(moments(seen).mean);
  one.seen = {
    p: test.repeatedP(one.ps),
    worse: better === 'lower' ? estimate : -estimate,
    equivalent: (smallest >= 0.5 ? smallest : test.repeatedP(doubled) / 2) < alpha,
  };
}

const elapsed = (states) =>
  states.reduce(
    (sum, { cell, launches }) =>
      sum + cell.seconds.slice(0, launches).reduce((total, of) => total + of, 0),
    0,
  );
