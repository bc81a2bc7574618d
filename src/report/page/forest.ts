import { metrics } from '../../model/metrics.ts';
import type { CellReport, Comparison, Report } from '../../model/report.ts';
import { type Axis, axisFor } from '../charts/axis.ts';
import { changeWords, gatingOf, verdictIn } from '../change.ts';
import { axisTicks, intervalPlot, type PlottedInterval } from '../charts/interval-plot.ts';
import { glyph } from '../glyph.ts';
import { anchorOf, cellName } from './anchors.ts';
import { worstFirst } from './order.ts';

/** Least distance between two labels, as a share of the axis: they have room on a phone too. */
export const tickGap = 0.105;

/** With more, the others stand behind a line that opens. */
const shownAtOnce = 12;

/** One row per cell and gating metric on one axis: interval, estimate, launches, margin. Null without any row. */
export function forest(report: Report) {
  const groups = worstFirst(report).flatMap((i) => {
    const cell = report.cells[i];
    const gating = cell === undefined ? [] : gatingOf(cell);
    return cell === undefined || gating.length === 0 ? [] : [{ cell, gating, index: i }];
  });
  if (groups.length === 0) return null;
  const axis = axisFor(
    groups.flatMap(({ cell, gating }) => gating.flatMap((of) => placesOf(plotted(cell, of)))),
    tickGap,
  );
  const views = groups.map(({ cell, gating, index }, i) => ({
    ...{ anchor: anchorOf(index), index, name: cellName(cell.id), verdict: cell.verdict },
    rows: gating.map((comparison) => forestRow(cell, comparison, axis, i < shownAtOnce)),
  }));
  return {
    ticks: axisTicks(axis),
    words: axisWords(axis),
    first: views.slice(0, shownAtOnce),
    others: views.slice(shownAtOnce),
    otherCount: views.length - shownAtOnce,
  };
}

/** How the axis has to be read. */
export const axisWords = ({ kind }: Axis): string =>
  kind === 'linear'
    ? 'The axis is linear.'
    : 'The axis is a symmetric logarithm, so that a few per cent and a few hundred fit on it: read its labels, not the distance.';

/** @param withDots the launches too */
function forestRow(cell: CellReport, comparison: Comparison, axis: Axis, withDots: boolean) {
  const verdict = verdictIn(cell, comparison);
  const interval = plotted(cell, comparison);
  return {
    label: metrics[comparison.metric].label,
    ...changeWords(cell, comparison),
    verdict,
    glyph: glyph(verdict),
    plot: intervalPlot(axis, withDots ? interval : { ...interval, dots: [] }),
  };
}

/** Turned so that more is worse whatever the metric's direction. Where nothing is compared the band is all there is. */
export function plotted(cell: CellReport, comparison: Comparison): PlottedInterval {
  const { change, margin, perLaunch, better } = comparison;
  const verdict = verdictIn(cell, comparison);
  const worse = (x: number): number => (better === 'lower' ? x : -x);
  if (verdict === 'invalid' || change === null)
    return { spread: null, margin, dots: [], isOpen: true };
  const ends = [worse(change.low), worse(change.high)];
  return {
    spread: {
      estimate: worse(change.estimate),
      low: Math.min(...ends),
      high: Math.max(...ends),
    },
    ...{ margin, dots: perLaunch.map(worse), isOpen: verdict === 'inconclusive' },
  };
}

/** Every value that has to find a place on the axis. */
export const placesOf = ({ spread, margin, dots }: PlottedInterval): readonly number[] => [
  ...(margin === null ? [] : [-margin, margin]),
  ...dots,
  ...(spread === null ? [] : [spread.low, spread.high]),
];
