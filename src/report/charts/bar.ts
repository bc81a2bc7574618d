import type { Markup } from '../markup.ts';
import { across, path, plot, rectangle, whole } from './plot.ts';

const height = 20;
const thickness = 10;

/**
 * A bar from 0, with the range over launches. @param most what the whole width stands for
 * @param range null without one
 */
export function bar(
  className: string,
  value: number,
  range: readonly [number, number] | null,
  most: number,
): Markup {
  const x = (of: number): number => across(most > 0 ? Math.min(1, Math.max(0, of / most)) : 0);
  const top = (height - thickness) / 2;
  const middle = height / 2;
  return plot(
    'bar-plot',
    height,
    rectangle(className, [0, x(value)], top, thickness),
    ...(range === null
      ? []
      : [
          path(
            'whisker',
            `M${whole(x(range[0]))} ${middle}H${whole(x(range[1]))}m0-3v6M${whole(x(range[0]))} ${middle - 3}v6`,
          ),
        ]),
    path('zero', `M0 0v${height}`),
  );
}
