import type { PriceList } from '../../model/causes.ts';
import { roles } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import { axisFor } from '../charts/axis.ts';
import { fitWords, priceWords } from '../cause-words.ts';
import { bar } from '../charts/bar.ts';
import { axisTicks, intervalPlot, type PlottedInterval } from '../charts/interval-plot.ts';
import { formatScaled, formatShare, noNumber, scaleFor } from '../number.ts';
import { visible } from '../visible.ts';
import { cellName } from './anchors.ts';
import { placesOf, tickGap } from './forest.ts';

type Fitted = Extract<PriceList, { state: 'fitted' }>;

/** CPU per unit of work, of each candidate and side under test. */
export const pricesView = ({ causes, candidates }: Report) =>
  causes.prices.map((list) => ({
    candidate: candidates.length === 1 ? null : visible(list.candidate),
    side: list.side,
    ...(list.state === 'none'
      ? { reason: visible(list.reason), fitted: null }
      : { reason: null, fitted: fittedView(list) }),
  }));

function fittedView(list: Fitted) {
  const all = list.prices.map(plotted);
  const axis = axisFor(all.flatMap(placesOf), tickGap);
  return {
    ticks: axisTicks(axis),
    rows: list.prices.map((price, i) => ({
      ...priceWords(price),
      label: visible(price.label),
      plot: intervalPlot(axis, all[i] ?? nothing),
      shareBar:
        price.share === null || price.share <= 0 ? null : bar('share', price.share, null, 1),
    })),
    hasShares: list.prices.some(({ share }) => share !== null),
    trust: fitWords(list),
    merged: list.merged.map(({ message, next }) => ({
      message: visible(message),
      next: visible(next),
    })),
    excluded: list.excluded.map(({ cell, reason }) => ({
      cell: cellName(cell),
      reason: visible(reason),
    })),
    cells: list.cells.map((cell) => ({
      name: cellName(cell.cell),
      arms: roles.map((role) => {
        const [measured, explained] = [cell.measured[role], cell.explained[role]];
        const predicted = cell.predicted?.[role] ?? null;
        const scale = scaleFor('µs', [measured, explained, predicted]);
        return {
          role,
          measured: formatScaled(measured, scale),
          explained: formatScaled(explained, scale),
          predicted: formatScaled(predicted, scale),
          misfit: formatShare(Math.abs(explained / measured - 1)),
          missed: predicted === null ? noNumber : formatShare(Math.abs(predicted / measured - 1)),
        };
      }),
    })),
  };
}

const nothing: PlottedInterval = { spread: null, margin: null, dots: [], isOpen: true };

const plotted = ({ change }: Fitted['prices'][number]): PlottedInterval =>
  change === null ? nothing : { ...nothing, spread: change, isOpen: isEither(change) };

/** The interval holds no change at all. */
const isEither = ({ low, high }: { readonly low: number; readonly high: number }): boolean =>
  low <= 0 && high >= 0;
