import { element, type Markup } from '../markup.ts';

/** Every plot is as wide as its place in the page: x runs from 0 to this, strokes keep their width. */
export const plotWidth = 1000;

/** For the eye alone: the numbers stand as text beside it. @param height in CSS pixels, which the style sheet gives it too */
export const plot = (className: string, height: number, ...shapes: readonly Markup[]): Markup =>
  element(
    'svg',
    {
      class: `plot ${className}`,
      viewBox: `0 0 ${plotWidth} ${height}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    ...shapes,
  );

export const path = (className: string, d: string): Markup =>
  element('path', { class: className, d });

/** Strokes of no length: round caps make them dots, which stay round however the plot is stretched. */
export const dots = (className: string, at: readonly number[], y: number): Markup =>
  path(className, at.map((x) => `M${whole(x)} ${y}h0`).join(''));

export const verticals = (className: string, at: readonly number[], height: number): Markup =>
  path(className, at.map((x) => `M${whole(x)} 0v${height}`).join(''));

export const rectangle = (
  className: string,
  [from, to]: readonly [number, number],
  y: number,
  height: number,
): Markup =>
  element('rect', { class: className, x: whole(from), y, width: whole(to - from), height });

/** A share of the plot's width as a coordinate. */
export const across = (share: number): number => share * plotWidth;

export const whole = (x: number): number => Math.round(x);

/** Coordinates with one decimal: half a pixel can be seen in a line. */
export const fine = (x: number): number => Math.round(x * 10) / 10;

/** Labels under or above a plot, at shares of its width. */
export const ticks = (labels: readonly { readonly at: number; readonly label: Markup }[]): Markup =>
  element(
    'svg',
    { class: 'ticks', 'aria-hidden': 'true' },
    ...labels.map(({ at, label }) =>
      element('text', { x: `${fine(at * 100)}%`, y: 12, 'text-anchor': anchorAt(at) }, label),
    ),
  );

/** A label at an edge stays inside. */
const anchorAt = (at: number): string | null => (at < 0.03 ? null : at > 0.97 ? 'end' : 'middle');
