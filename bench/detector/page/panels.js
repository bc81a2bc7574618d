/** Power against effect: a small picture for each rule, with the tool's curve in every one to hold it against. */
import { element, text } from '../../../dist/report/markup.js';
import { linear, spread, warped } from './scale.js';
import { effect, percent } from './words.js';

const [width, height] = [172, 116];
const x = warped(spread, [0, 0.1], [22, width - 6]);
const y = linear([0, 1], [height - 18, 6]);
const shown = [0.01, 0.02, 0.05, 0.1];

/**
 * @param rules of the interleaved launches, and @param own of the data in sequence, of one cell and metric.
 * @returns a list of figures
 */
export function powerPanels(rules, own) {
  const [ours] = rules;
  const names = [...new Set([...rules, ...own].map(({ name }) => name))];
  return element(
    'div',
    { class: 'panels' },
    ...names.map((name) => {
      const [here, there] = [rules, own].map((some) => some.find((rule) => rule.name === name));
      return there === undefined
        ? panel(here, { elsewhere: null, inSequence: false, ours })
        : panel(there, { elsewhere: here ?? null, inSequence: true, ours });
    }),
  );
}

function panel(rule, { elsewhere, inSequence, ours }) {
  const alarms = `alarms ${percent(rule.alarms.share)} %`;
  const sees =
    rule.smallest.effect === null
      ? 'sees 80 % of no change'
      : `sees 80 % from ${effect(rule.smallest.effect)} %`;
  return element(
    'figure',
    { class: `panel k-${rule.kind}` },
    element(
      'figcaption',
      {},
      element('b', {}, text(rule.short)),
      element('span', {}, text(inSequence ? `${alarms}, in sequence` : alarms)),
      element('span', {}, text(sees)),
    ),
    element(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': `${rule.name}: ${alarms}, ${sees}`,
      },
      ...axes(),
      element('path', { class: 'band', d: band(rule) }),
      ...(rule === ours ? [] : [element('path', { class: 'ours', d: line(ours) })]),
      ...(elsewhere === null ? [] : [element('path', { class: 'elsewhere', d: line(elsewhere) })]),
      element('path', { class: 'curve', d: line(rule) }),
      element('circle', { class: 'point', cx: x(0), cy: y(rule.alarms.share), r: 3 }),
    ),
  );
}

const axes = () => [
  ...[0, 0.8, 1].flatMap((share) => [
    element('line', { class: 'grid', x1: x(0), x2: x(0.1), y1: y(share), y2: y(share) }),
    element(
      'text',
      { class: 'tick', x: x(0) - 4, y: y(share) + 3, 'text-anchor': 'end' },
      text(percent(share)),
    ),
  ]),
  element('text', { class: 'tick', x: x(0), y: height - 5, 'text-anchor': 'middle' }, text('0')),
  ...shown.flatMap((of) => [
    element('line', { class: 'grid', x1: x(of), x2: x(of), y1: y(0), y2: y(0) + 3 }),
    element(
      'text',
      { class: 'tick', x: x(of), y: height - 5, 'text-anchor': 'middle' },
      text(`${Math.round(100 * of)}${of === 0.1 ? '%' : ''}`),
    ),
  ]),
];

/** Alarms are called either way, power only the right way: at no effect half of the alarms go there. */
const pointsOf = ({ alarms, power }) => [
  { effect: 0, share: alarms.share / 2, low: alarms.low / 2, high: alarms.high / 2 },
  ...power.filter((point) => point.effect <= 0.1),
];

const line = (rule) => path(pointsOf(rule).map((point) => [point.effect, point.share]));
const band = (rule) => {
  const points = pointsOf(rule);
  const upper = points.map((point) => [point.effect, point.high]);
  const lower = points.map((point) => [point.effect, point.low]).reverse();
  return `${path([...upper, ...lower])}z`;
};
const path = (points) =>
  `M${points.map(([of, share]) => `${x(of).toFixed(1)} ${y(share).toFixed(1)}`).join('L')}`;
