/** The smallest effect that is seen in 80 % of trials, against the minutes that the launches took. */
import { element, text } from '../../../dist/report/markup.js';
import { apart, linear, ticksUpTo, warped } from './scale.js';
import { effectWithInterval, number } from './words.js';

const layouts = {
  wide: { width: 760, height: 300, plot: [44, 590] },
  narrow: { width: 340, height: 320, plot: [34, 196] },
};
const [lowest, highest] = [0.003, 0.5];
const rows = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
/** Told apart without colour: each line has a dash of its own, and its name at its end. */
const dashes = [null, '7 3', '2 3', '8 3 2 3', '12 3', '4 2 1 2 1 2', '1 4', '14 4 3 4'];

/** @param curves `{ short, kind, points }`; points beyond the largest effect that was tried are left out. */
export const sensitivityChart = (id, curves) =>
  Object.keys(layouts).map((name) => drawn(name, id, curves));

function drawn(name, id, curves) {
  const { width, height, plot } = layouts[name];
  const bottom = height - 34;
  const lines = curves
    .map((curve, i) => ({
      ...curve,
      dash: dashes[i % dashes.length],
      seen: curve.points.filter((point) => point.effect !== null && point.effect > 0),
    }))
    .filter(({ seen }) => seen.length > 0);
  const last = Math.max(...lines.flatMap(({ seen }) => seen.map(({ minutes }) => minutes)));
  const x = linear([0, last], plot);
  const y = warped(Math.log, [lowest, highest], [bottom, 12]);
  const ends = lines.map(({ seen }) => y(seen.at(-1).effect));
  const labels = apart(ends, 14, [14, bottom]);
  const label = `${id}-${name}`;
  return element(
    'svg',
    {
      ...{ class: `chart ${name}`, viewBox: `0 0 ${width} ${height}` },
      ...{ role: 'img', 'aria-labelledby': label },
    },
    element(
      'title',
      { id: label },
      text(`Smallest effect seen in 80 % of trials. ${lines.map(said).join('; ')}.`),
    ),
    ...rows.flatMap((of) => [
      element('line', { class: 'grid', x1: plot[0], x2: plot[1], y1: y(of), y2: y(of) }),
      element(
        'text',
        { class: 'tick', x: plot[0] - 6, y: y(of) + 4, 'text-anchor': 'end' },
        text(`${100 * of} %`),
      ),
    ]),
    ...minuteTicks(last, name).map((minutes) =>
      element(
        'text',
        { class: 'tick', x: x(minutes), y: bottom + 16, 'text-anchor': 'middle' },
        text(number(minutes, last > 4 ? 0 : 1)),
      ),
    ),
    element(
      'text',
      { class: 'tick', x: plot[1], y: bottom + 30, 'text-anchor': 'end' },
      text('minutes of measuring one cell'),
    ),
    ...lines.flatMap((one, i) =>
      drawnLine(one, { x, y, end: plot[1], labelAt: labels[i], endAt: ends[i] }),
    ),
  );
}

const minuteTicks = (last, name) =>
  ticksUpTo(10 * last, name === 'wide' ? 12 : 6).map((tenths) => tenths / 10);
const said = ({ short, seen }) =>
  `${short}: ${effectWithInterval(seen.at(-1))} % after ${number(seen.at(-1).minutes, 1)} minutes`;

function drawnLine({ short, kind, seen, dash }, { x, y, end, labelAt, endAt }) {
  const points = seen.map(
    (point) => `${x(point.minutes).toFixed(1)} ${y(point.effect).toFixed(1)}`,
  );
  const final = seen.at(-1);
  return [
    element(
      'g',
      { class: `series k-${kind}` },
      element('path', { class: 'curve', d: `M${points.join('L')}`, 'stroke-dasharray': dash }),
      ...seen.flatMap((point) => [
        ...(point.low !== null
          ? [
              element('line', {
                class: 'whisker',
                x1: x(point.minutes),
                x2: x(point.minutes),
                y1: y(point.low),
                y2: y(point.high),
              }),
            ]
          : []),
        element('circle', { class: 'point', cx: x(point.minutes), cy: y(point.effect), r: 2.5 }),
      ]),
      element('path', {
        class: 'leader',
        d: `M${(x(final.minutes) + 4).toFixed(1)} ${endAt.toFixed(1)}L${end + 10} ${labelAt.toFixed(1)}`,
      }),
      element('text', { class: 'label', x: end + 13, y: labelAt + 4 }, text(short)),
    ),
  ];
}
