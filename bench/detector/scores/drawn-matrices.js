/** Whole matrices as trials: every cell, and both gating metrics of the same launches. */
import { logChange, metrics } from '../data/launches.js';
import { cellsOf, draw, Source } from '../data/trials.js';
import { looks } from '../rules/defaults.js';

export const gating = metrics.filter(({ gates }) => gates);
const asOurs = { own: 'interleaved', launches: looks.at(-1) };

/** Sources of all comparisons of a matrix, cell by cell. */
export const sourcesOf = (lines, order) =>
  cellsOf(lines, order).map((cell) => ({
    cell,
    metrics: gating.map((metric) => ({
      metric,
      source: new Source(lines, { cell, order, metric }),
    })),
  }));

/** Matrices of launches as the tool's judgement takes them; null where there are too few. */
export function matricesOf(lines, order, trials) {
  const cells = sourcesOf(lines, order).map(({ cell, metrics }) => ({
    cell,
    metrics: metrics.map(({ metric, source }) => ({ metric, from: source.trialsFor(asOurs) })),
  }));
  const froms = cells.flatMap(({ metrics }) => metrics.map(({ from }) => from));
  if (froms.length === 0 || froms.includes(null)) return null;
  const apart = Math.min(...froms.map((from) => from.apart));
  const all = Array.from({ length: trials }, (_, index) => {
    const drawn = draw(index);
    const measured = cells.map(({ metrics }) => {
      const trials = metrics.map(({ metric, from }) => ({ metric, ...from.trial(drawn) }));
      return {
        cluster: trials[0].cluster,
        seconds: trials[0].views.map(({ seconds }) => seconds),
        comparisons: trials.map(({ metric, views }) => compared(metric, views.map(logChange))),
      };
    });
    return { cluster: measured[0].cluster, cells: measured };
  });
  return { apart, all, names: cells.map(({ cell }) => cell) };
}

/** A rate falls where the time for a request rises. */
const compared = ({ at, margin }, changes) =>
  at === 3
    ? { ratios: changes.map((change) => -change), margin, better: 'higher' }
    : { ratios: changes, margin, better: 'lower' };
