import type { AxisEffect, AxisEffects } from '../../model/causes.ts';
import { metrics } from '../../model/metrics.ts';
import type { Interval, Report } from '../../model/report.ts';
import { type Axis, axisFor } from '../charts/axis.ts';
import { axisTicks, intervalPlot, type PlottedInterval } from '../charts/interval-plot.ts';
import { formatChange, formatLevel, formatP } from '../number.ts';
import { visible } from '../visible.ts';
import { axisWords, placesOf, tickGap } from './forest.ts';

/** What each variant adds to the mean change, and what two add together: of each candidate. */
export const axesView = ({ causes, candidates }: Report) =>
  causes.axes.map((found) => {
    const axis = axisFor(
      [found.mean, ...effectsOf(found)].flatMap(placesOfInterval(found)),
      tickGap,
    );
    const singles = found.effects.filter(({ variants }) => Object.keys(variants).length === 1);
    const pairs = found.effects.filter(({ variants }) => Object.keys(variants).length > 1);
    return {
      candidate: candidates.length === 1 ? null : visible(found.candidate),
      metric: metrics[found.metric].label,
      cells: found.cells,
      mean: { ...formatChange(found.mean), plot: plotOf(found, found.mean, true, axis) },
      ticks: axisTicks(axis),
      words: axisWords(axis),
      level: levelsOf(found),
      groups: [
        ...(singles.length === 0 ? [] : [{ title: 'what a variant adds to it', effects: singles }]),
        ...(pairs.length === 0
          ? []
          : [{ title: 'what two add together, beyond that', effects: pairs }]),
      ].map(({ title, effects }) => ({
        title,
        effects: effects.map((effect) => effectRow(found, effect, axis)),
      })),
    };
  });

const effectsOf = ({ effects }: AxisEffects): Interval[] => effects.map(({ effect }) => effect);

const effectRow = (
  found: AxisEffects,
  { variants, effect, adjustedP, proven }: AxisEffect,
  axis: Axis,
) => ({
  name: Object.entries(variants)
    .map(([name, variant]) => `${visible(name)}=${visible(variant)}`)
    .join(' and '),
  // Of what is not proven the interval alone has a meaning.
  ...formatChange(effect),
  ...(proven ? {} : { estimate: '~' }),
  isProven: proven,
  state: proven ? 'proven' : 'not proven',
  p: formatP(adjustedP),
  plot: plotOf(found, effect, proven, axis),
});

const plotOf = (found: AxisEffects, interval: Interval, proven: boolean, axis: Axis) =>
  intervalPlot(axis, plottedInterval(found, interval, proven));

const placesOfInterval = (found: AxisEffects) => (interval: Interval) =>
  placesOf(plottedInterval(found, interval, true));

/** Turned so that more is worse, as in the forest plot. */
function plottedInterval(
  { metric }: AxisEffects,
  { estimate, low, high }: Interval,
  proven: boolean,
): PlottedInterval {
  const isWorse = metrics[metric].better === 'lower';
  return {
    spread: isWorse ? { estimate, low, high } : { estimate: -estimate, low: -high, high: -low },
    ...{ margin: null, dots: [], isOpen: !proven },
  };
}

const levelsOf = (found: AxisEffects): string => {
  const levels = effectsOf(found).map(({ level }) => level);
  const [low, high] = [Math.min(...levels), Math.max(...levels)].map(formatLevel);
  return levels.length === 0 ? '' : low === high ? `${low}` : `${low} to ${high}`;
};
