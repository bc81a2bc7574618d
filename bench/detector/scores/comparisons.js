/** Scores of every rule on every metric of every cell, each on the orders of collecting that it can be tried on. */
import { metrics } from '../data/launches.js';
import { cellsOf, orders, Source } from '../data/trials.js';
import { rules } from '../rules/all.js';
import { looks } from '../rules/defaults.js';
import { estimates } from './estimates.js';
import { outcomesBy, scored, smallestSeen } from './power.js';
import { meanOf } from './shares.js';

/** Fewer runs than this say nothing by any of the rules that can be given fewer or more. */
const sizes = [4, 6, 8, 10, 12, 16];

/** @returns one entry per order, cell and metric. */
export function scoreComparisons(lines, { trials, progress }) {
  return orders.flatMap((order) =>
    cellsOf(lines, order).flatMap((cell) =>
      metrics.map((metric) => {
        const source = new Source(lines, { cell, order, metric });
        progress(`${order}, ${cell}, ${metric.short}`);
        return {
          ...{ order, cell, metric: metric.name, short: metric.short },
          ...sizeOf(source),
          rules: rules.flatMap((rule) => scoreOf(rule, source, trials)),
          curves: rules.flatMap((rule) => curveOf(rule, source, trials)),
          estimates: order === 'interleaved' ? estimates(source, trials) : null,
        };
      }),
    ),
  );
}

const sizeOf = ({ lines }) => ({
  launches: lines.length,
  runs: new Set(lines.map(({ run }) => run)).size,
  secondsPerLaunch: meanOf(lines.map(({ startedMs, endedMs }) => (endedMs - startedMs) / 1000)),
});

function scoreOf(rule, source, trials) {
  const from = source.trialsFor(rule);
  if (from === null) return [];
  const { name, short, kind, own } = rule;
  return [{ name, short, kind, own, ...scored(outcomesBy(rule, from, trials), from.apart) }];
}

/** The smallest effect seen in 80 % of trials, by how long launches go on. */
function curveOf(rule, source, trials) {
  if (rule.grows !== true) return [];
  const points = sizesOf(rule).flatMap((launches) => {
    const from = source.trialsFor(rule, launches);
    if (from === null) return [];
    const byEffect = outcomesBy(rule, from, Math.ceil(trials / 2));
    const seconds =
      launches * meanOf(source.lines.map((line) => (line.endedMs - line.startedMs) / 1000));
    return [{ launches, minutes: seconds / 60, ...smallestSeen(byEffect) }];
  });
  return points.length === 0 ? [] : [{ short: rule.short, kind: rule.kind, points }];
}

/** A rule that looks at given numbers of launches says nothing between them. */
const sizesOf = ({ looking }) => (looking ? looks : sizes);
