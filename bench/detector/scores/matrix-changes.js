/** A change in one comparison of a matrix: how it is judged among the others, and how soon. */
import { judgeAsItGoes } from '../rules/matrix.js';
import { gating, matricesOf } from './drawn-matrices.js';
import { quantileOf, quartiles, resampled, share } from './shares.js';

const effects = [0.01, 0.02, 0.03, 0.05, 0.1];

/** By the default margins: a proven change within them is `slower`. */
export function matrixChanges(lines, trials) {
  const matrices = matricesOf(lines, 'interleaved', Math.ceil(trials / 2));
  if (matrices === null) return [];
  return matrices.names.flatMap((cell, c) =>
    gating.flatMap((metric, m) =>
      effects.map((effect) => {
        const outcomes = matrices.all.map(({ cluster, cells }) => {
          const judged = judgeAsItGoes(changedAt(cells, c, m, effect));
          return { cluster, ...judged.comparisons[c * gating.length + m], whole: judged.seconds };
        });
        const decided = outcomes.filter(({ calledAfter }) => calledAfter !== null);
        const verdict = (word) =>
          share(outcomes, (of) => of.verdict === word, matrices.apart).share;
        return {
          ...{ cell, metric: metric.name, short: metric.short, margin: metric.margin, effect },
          regression: share(outcomes, (of) => of.verdict === 'regression', matrices.apart),
          others: Object.fromEntries(
            ['slower', 'unchanged', 'inconclusive', 'faster', 'improvement'].map((word) => [
              word,
              verdict(word),
            ]),
          ),
          seconds: {
            ...quartiles(decided.map(({ calledAfter }) => calledAfter)),
            ofMedian: resampled(decided, (of) =>
              quantileOf(
                of.map(({ calledAfter }) => calledAfter),
                0.5,
              ),
            ),
          },
          wholeRun: quartiles(outcomes.map(({ whole }) => whole)),
        };
      }),
    ),
  );
}

const changedAt = (cells, c, m, effect) =>
  cells.map((cell, i) => ({
    ...cell,
    comparisons: cell.comparisons.map((comparison, j) => {
      if (i !== c || j !== m) return comparison;
      const shift = Math.log1p(effect) * (comparison.better === 'lower' ? 1 : -1);
      return { ...comparison, ratios: comparison.ratios.map((ratio) => ratio + shift) };
    }),
  }));
