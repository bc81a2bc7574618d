/** `index.html`: the figures as pictures. One file, no script, nothing from the network. */
import { readFileSync } from 'node:fs';
import { element, text } from '../../../dist/report/markup.js';
import { introduction } from './introduction.js';
import { headline } from './headline.js';
import { powerPanels } from './panels.js';
import { rangeChart } from './ranges.js';
import { ticksUpTo } from './scale.js';
import { sensitivityChart } from './sensitivity.js';
import { number, percent, withInterval } from './words.js';

const file = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const title = 'How well the decision rules decide';
const p = (words, attributes = {}) => element('p', attributes, text(words));
const section = (heading, ...children) =>
  element('section', {}, element('h2', {}, text(heading)), ...children);

export function renderPage(scores) {
  const style = `${file('../../../reports/templates/style.css')}\n${file('./style.css')}`;
  const body = element(
    'main',
    {},
    element('h1', {}, text(title)),
    ...introduction(scores).map((words) => p(words, { class: 'lead' })),
    element('p', {}, element('a', { href: 'rules.md' }, text('All figures as tables'))),
    headline(scores),
    matrixAlarms(scores),
    decisionTimes(scores),
    ...cellSections(scores),
  );
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${style}</style></head>`,
    `<body>${body}<footer></footer></body></html>`,
    '',
  ].join('\n');
}

function matrixAlarms({ matrices }) {
  const rows = matrices.alarms.map(({ order, short, kind, alarms }) => ({
    ...{ label: order === 'interleaved' ? short : `${short}, in sequence`, kind },
    ...{ low: alarms.low, mid: alarms.share, high: alarms.high, note: `${withInterval(alarms)} %` },
  }));
  const axis = {
    to: 1,
    ticks: [0, 0.25, 0.5, 0.75, 1],
    tickLabel: (of) => `${percent(of)} %`,
    mark: 0.05,
  };
  return section(
    'Whole matrices without a change: in how many is anything called',
    p(
      'Two cells, client CPU and RPS of each. bench answers for the four together at 5 % (the dashed line); other rules test each by itself.',
      { class: 'lead' },
    ),
    ...rangeChart('alarms', 'Matrices without a change in which something is called', rows, axis),
  );
}

function decisionTimes({ matrices }) {
  const rows = matrices.changes
    .filter(({ effect }) => effect >= 0.02)
    .map(({ cell, short, effect, regression, seconds }) => ({
      label: `${cell.replace('tls=none,', '')}, ${short} +${percent(effect).replace('.0', '')} %`,
      kind: 'bench',
      ...(regression.share < 0.25
        ? { low: null, mid: null, high: null }
        : { low: seconds.low, mid: seconds.median, high: seconds.high }),
      note: `${percent(regression.share)} %${regression.share < 0.25 ? '' : `, ${number(seconds.median, 0)} s`}`,
    }));
  const to = Math.max(60, ...rows.map(({ high }) => high ?? 0)) * 1.05;
  const axis = { to, ticks: ticksUpTo(to, 7), tickLabel: (of) => `${of} s`, mark: null };
  return section(
    'Seconds until a change is called a regression',
    p(
      'One comparison of the matrix is changed. Median and quartiles of the runs that call it, with the default margins (2 % of CPU, 3 % of RPS) and the starts of all processes; to the right how many do. A change as large as its margin is called slower, not a regression, half of the time.',
      { class: 'lead' },
    ),
    ...rangeChart('decision', 'Seconds until a change is called a regression', rows, axis),
  );
}

/** The metrics that gate; the first stands open. */
function cellSections({ comparisons }) {
  const interleaved = comparisons.filter(({ order }) => order === 'interleaved');
  return interleaved.map((scored, index) => {
    const { cell, metric, short, rules, curves } = scored;
    const own = comparisons.find(
      (other) => other.order === 'in-sequence' && other.cell === cell && other.short === short,
    );
    const id = `curve-${index}`;
    return element(
      'details',
      index === 0 ? { open: '' } : {},
      element('summary', {}, text(`${cell}: ${metric}`)),
      element('h3', {}, text('Changes seen, by their size')),
      p(
        'Across: effect, 0 to 10 %. Up: per cent of trials that call it. Shaded: 95 %. The dot: alarms where nothing changed. Dashed: bench. Dotted: the same rule on interleaved launches.',
        { class: 'key' },
      ),
      powerPanels(rules, own?.rules ?? []),
      element('h3', {}, text('Smallest effect seen in 80 % of trials, by minutes')),
      p('Whiskers: 95 %. seq.: by data in sequence, as the tool collects.', { class: 'key' }),
      ...sensitivityChart(id, inOwnOrder(curves, own?.curves ?? [])),
    );
  });
}

/** A tool that does not interleave is shown as it collects, where there are such data. */
function inOwnOrder(curves, own) {
  const theirs = new Set(own.map(({ short }) => short));
  return [
    ...curves.filter(({ short }) => !theirs.has(short)),
    ...own.map((curve) => ({ ...curve, short: `${curve.short}, seq.` })),
  ];
}
