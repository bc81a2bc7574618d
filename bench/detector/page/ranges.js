/** Rows of a label, an interval and a point on one axis: alarms of rules, seconds until a decision. */
import { element, text } from '../../../dist/report/markup.js';
import { linear } from './scale.js';

/** The narrow one writes a row's words above its line. */
const layouts = {
  wide: { width: 760, plot: [250, 640], row: 22, lineAt: 12, wordsAt: 16, noteAt: 760 },
  narrow: { width: 340, plot: [4, 336], row: 36, lineAt: 25, wordsAt: 13, noteAt: 340 },
};
const head = 28;

/**
 * @param rows `{ label, low, mid, high, note, kind }`; `kind` is a class. A row without `mid` has words only.
 * @param axis `{ to, ticks, tickLabel, mark }`: from 0; `mark` is a line to hold the points against, or null.
 * @returns both layouts; the style sheet shows one.
 */
export const rangeChart = (id, title, rows, axis) =>
  Object.keys(layouts).map((name) => drawn(name, id, title, rows, axis));

function drawn(name, id, title, rows, { to, ticks, tickLabel, mark }) {
  const layout = layouts[name];
  const { width, plot } = layout;
  const x = linear([0, to], plot);
  const bottom = head + rows.length * layout.row;
  const label = `${id}-${name}`;
  const shown = name === 'narrow' && ticks.length > 6 ? ticks.filter((_, i) => i % 2 === 0) : ticks;
  return element(
    'svg',
    {
      ...{ class: `chart ${name}`, viewBox: `0 0 ${width} ${bottom + 8}` },
      ...{ role: 'img', 'aria-labelledby': label },
    },
    element('title', { id: label }, text(`${title}. ${rows.map(said).join('; ')}.`)),
    ...shown.flatMap((value) => [
      element('line', { class: 'grid', x1: x(value), x2: x(value), y1: head - 6, y2: bottom }),
      element(
        'text',
        { class: 'tick', x: x(value), y: head - 12, 'text-anchor': anchor(value, to) },
        text(tickLabel(value)),
      ),
    ]),
    ...(mark === null
      ? []
      : [element('line', { class: 'mark', x1: x(mark), x2: x(mark), y1: head - 6, y2: bottom })]),
    ...rows.flatMap((row, i) => drawnRow(row, head + i * layout.row, layout, x)),
  );
}

const said = ({ label, note }) => `${label}: ${note}`;
const anchor = (value, to) => (value === 0 ? 'start' : value >= 0.98 * to ? 'end' : 'middle');

function drawnRow({ label, low, mid, high, note, kind }, top, layout, x) {
  const y = top + layout.lineAt;
  const words = { y: top + layout.wordsAt };
  const marks =
    mid === null
      ? []
      : [
          element('line', { class: 'interval', x1: x(low), x2: x(high), y1: y, y2: y }),
          element('path', {
            class: 'end',
            d: `M${fixed(x(low))} ${y - 4}v8M${fixed(x(high))} ${y - 4}v8`,
          }),
          element('circle', { class: 'point', cx: x(mid), cy: y, r: 4 }),
        ];
  return [
    element(
      'g',
      { class: `row k-${kind}` },
      element('text', { class: 'label', x: 0, ...words }, text(label)),
      ...marks,
      element(
        'text',
        { class: 'note', x: layout.noteAt, 'text-anchor': 'end', ...words },
        text(note),
      ),
    ),
  ];
}

const fixed = (value) => value.toFixed(1);
