/** Matrices in which nothing changed: in how many of them anything is called. */
import { cellsOf, draw } from '../data/trials.js';
import { rules } from '../rules/all.js';
import { judgeAsItGoes, uncorrected } from '../rules/matrix.js';
import { matricesOf, sourcesOf } from './drawn-matrices.js';
import { quartiles, share } from './shares.js';

const ours = [
  { name: 'bench: looks, Holm over the matrix', short: 'bench', kind: 'bench' },
  { name: 'looks without Holm', short: 'no Holm', kind: 'ablation', correction: uncorrected },
];

/** @returns per rule, for one order of collecting. */
export const matrixAlarms = (lines, order, trials) =>
  cellsOf(lines, order).length < 2
    ? []
    : [...ownAlarms(lines, order, trials), ...peerAlarms(lines, order, trials)];

const isCalled = ({ verdict }) => verdict !== 'unchanged' && verdict !== 'inconclusive';

function ownAlarms(lines, order, trials) {
  const matrices = order === 'interleaved' ? matricesOf(lines, order, trials) : null;
  if (matrices === null) return [];
  return ours.map(({ name, short, kind, correction }) => {
    const outcomes = matrices.all.map(({ cluster, cells }) => ({
      cluster,
      ...judgeAsItGoes(cells, correction),
    }));
    const of = (hit) => share(outcomes, ({ comparisons }) => comparisons.some(hit), matrices.apart);
    return {
      ...{ order, name, short, kind },
      alarms: of(isCalled),
      regressions: of(({ verdict }) => verdict === 'regression'),
      inconclusive: of(({ verdict }) => verdict === 'inconclusive'),
      seconds: quartiles(outcomes.map(({ seconds }) => seconds)),
    };
  });
}

/** Peers know no matrix: each comparison is tested as if it were the only one. */
function peerAlarms(lines, order, trials) {
  const sources = sourcesOf(lines, order).flatMap(({ metrics }) =>
    metrics.map(({ source }) => source),
  );
  return rules
    .filter(({ kind }) => kind !== 'bench')
    .flatMap((rule) => {
      const froms = sources.map((source) => source.trialsFor(rule));
      if (froms.includes(null)) return [];
      const outcomes = Array.from({ length: trials }, (_, index) => {
        const drawn = froms.map(({ trial }) => trial(draw(index)));
        const calls = drawn.map(({ views }) => rule.decide(views).call);
        return { cluster: drawn[0].cluster, calls };
      });
      const apart = Math.min(...froms.map((from) => from.apart));
      const of = (hit) => share(outcomes, ({ calls }) => calls.some(hit), apart);
      const { name, short, kind } = rule;
      return [
        {
          order,
          name,
          short,
          kind,
          alarms: of((call) => call !== null),
          regressions: of((call) => call === 'worse'),
        },
      ];
    });
}
