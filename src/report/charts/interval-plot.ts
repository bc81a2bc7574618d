import type { Axis } from './axis.ts';
import { type Markup, text } from '../markup.ts';
import { across, dots, path, plot, rectangle, ticks, verticals, whole } from './plot.ts';

/** An estimate with its interval on an axis that it shares with its neighbours. */
export interface PlottedInterval {
  /** Turned so that more is worse; null where there is none. */
  readonly spread: {
    readonly estimate: number;
    readonly low: number;
    readonly high: number;
  } | null;
  /** Half of the band around zero; null draws none. */
  readonly margin: number | null;
  /** Single observations. */
  readonly dots: readonly number[];
  /** Nothing was proven: the point is hollow. */
  readonly isOpen: boolean;
}

const height = 24;
const lineAt = 10;
const dotsAt = 19;

export function intervalPlot(axis: Axis, { spread, margin, dots: all, isOpen }: PlottedInterval) {
  const x = (value: number): number => across(axis.at(value));
  const places = axis.ticks.filter(({ value }) => value !== 0).map(({ value }) => x(value));
  return plot(
    'interval-plot',
    height,
    ...(margin === null ? [] : [rectangle('band', [x(-margin), x(margin)], 2, height - 4)]),
    verticals('grid', places, height),
    verticals('zero', [x(0)], height),
    ...(all.length === 0 ? [] : [dots('dots', all.map(x), dotsAt)]),
    ...(spread === null ? [] : interval(spread, axis, x, isOpen)),
  );
}

function interval(
  { estimate, low, high }: NonNullable<PlottedInterval['spread']>,
  axis: Axis,
  x: (value: number) => number,
  isOpen: boolean,
): Markup[] {
  const [from, to] = [whole(x(low)), whole(x(high))];
  return [
    path(isOpen ? 'line open' : 'line', `M${from} ${lineAt}H${to}`),
    path('ends', `${end(from, -1, low < axis.low)}${end(to, 1, high > axis.high)}`),
    dots('point', [x(estimate)], lineAt),
    ...(isOpen ? [dots('point-hole', [x(estimate)], lineAt)] : []),
  ];
}

/** A cap; an arrow where the interval goes on beyond the axis. */
const end = (x: number, direction: 1 | -1, isBeyond: boolean): string =>
  isBeyond
    ? `M${x - 9 * direction} ${lineAt - 4}l${9 * direction} 4l${-9 * direction} 4`
    : `M${x} ${lineAt - 4}v8`;

/** The labels of the axis, and which way is worse. */
export const axisTicks = (axis: Axis): Markup =>
  ticks(axis.ticks.map(({ value, label }) => ({ at: axis.at(value), label: text(label) })));
