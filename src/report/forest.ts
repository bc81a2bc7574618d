import type { Report } from '../model/report.ts';
import { type Axis, axisFor } from './axis.ts';
import { type ForestGroup, type ForestRow, forestGroups, forestValues } from './forest-rows.ts';
import { glyphAt } from './glyph.ts';
import { element, type Markup, text } from './markup.ts';
import { visible } from './visible.ts';

/** Where the parts of a row stand, in CSS pixels. The narrow one writes above the line it draws. */
export interface ForestLayout {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly plot: readonly [from: number, to: number];
  readonly rowHeight: number;
  /** From the top of a row to its words, and to its interval. */
  readonly wordsAt: number;
  readonly lineAt: number;
  readonly estimateAt: number;
  /** Null leaves the interval to the tables. */
  readonly intervalAt: number | null;
  readonly verdictAt: number;
  /** Least distance between two labels of the axis. */
  readonly tickGap: number;
}

export const wideForest: ForestLayout = {
  name: 'wide',
  width: 1056,
  plot: [172, 730],
  rowHeight: 30,
  wordsAt: 16,
  lineAt: 12,
  estimateAt: 800,
  intervalAt: 928,
  verdictAt: 946,
  tickGap: 52,
};

export const narrowForest: ForestLayout = {
  name: 'narrow',
  width: 340,
  plot: [6, 334],
  rowHeight: 46,
  wordsAt: 15,
  lineAt: 29,
  estimateAt: 211,
  intervalAt: null,
  verdictAt: 221,
  tickGap: 46,
};

const headHeight = 44;
const footHeight = 26;
const cellHeight = 30;
/** About the advance of the widest interface fonts at this size; a name that is longer is cut. */
const boldAdvance = 8.5;

/** How the axis has to be read. */
export function axisWords(report: Report): string {
  const { kind } = axisFor(forestValues(forestGroups(report)), 1);
  return kind === 'linear'
    ? 'The axis is linear.'
    : 'The axis is a symmetric logarithm, so that a few per cent and a few hundred fit on it: read its labels, not the distance.';
}

/** One row per cell and gating metric: interval, estimate, launches, margin. Null without any row. */
export function forest(report: Report, layout: ForestLayout): Markup | null {
  const groups = forestGroups(report).filter(({ rows }) => rows.length > 0);
  if (groups.length === 0) return null;
  const [from, to] = layout.plot;
  const axis = axisFor(forestValues(groups), layout.tickGap / (to - from));
  const x = (value: number) => from + axis.at(value) * (to - from);
  const tops: number[] = [];
  let bottom = headHeight;
  for (const group of groups) {
    tops.push(bottom);
    bottom += cellHeight + group.rows.length * layout.rowHeight;
  }
  const id = `forest-${layout.name}`;
  return element(
    'svg',
    {
      class: `forest ${layout.name}`,
      viewBox: `0 0 ${layout.width} ${bottom + footHeight}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    element(
      'title',
      { id: `${id}-title` },
      text('Changes of the gating metrics with their intervals'),
    ),
    element('desc', { id: `${id}-desc` }, text(description(groups, axis))),
    ...groups.flatMap((group, i) => marginBands(group, (tops[i] ?? 0) + cellHeight, layout, x)),
    ...grid(axis, bottom, layout, x),
    ...groups.flatMap((group, i) => drawGroup(group, tops[i] ?? 0, layout, axis, x)),
  );
}

const description = (groups: readonly ForestGroup[], axis: Axis): string => {
  const said = groups.flatMap(({ cell, rows }) =>
    rows.map(({ label, words, verdict }) => `${cell}, ${label}: ${words.estimate} ${verdict}`),
  );
  return `Worse is to the right, on a ${axis.kind} axis. ${said.join('; ')}.`;
};

type Place = (value: number) => number;

/** The bands lie under everything else, the grid above them. */
const marginBands = (group: ForestGroup, top: number, layout: ForestLayout, x: Place): Markup[] =>
  group.rows.map(({ margin }, i) =>
    element('rect', {
      class: 'band',
      x: x(-margin),
      y: top + i * layout.rowHeight + layout.lineAt - 10,
      width: x(margin) - x(-margin),
      height: 22,
    }),
  );

function grid(axis: Axis, bottom: number, { plot: [from, to] }: ForestLayout, x: Place): Markup[] {
  const label = (y: number) => (tick: Axis['ticks'][number]) =>
    element(
      'text',
      { class: 'tick', x: x(tick.value), y, 'text-anchor': 'middle' },
      text(tick.label),
    );
  return [
    element('text', { class: 'side', x: from, y: 14 }, text('← better')),
    element('text', { class: 'side', x: to, y: 14, 'text-anchor': 'end' }, text('worse →')),
    ...axis.ticks.map(({ value }) =>
      element('line', {
        class: value === 0 ? 'zero' : 'grid',
        x1: x(value),
        x2: x(value),
        y1: headHeight - 6,
        y2: bottom + 6,
      }),
    ),
    ...axis.ticks.map(label(headHeight - 12)),
    ...axis.ticks.map(label(bottom + 20)),
  ];
}

function drawGroup(
  { cell, rows }: ForestGroup,
  top: number,
  layout: ForestLayout,
  axis: Axis,
  x: Place,
): Markup[] {
  const name = shorten(visible(cell), Math.floor(layout.width / boldAdvance));
  return [
    element('line', { class: 'rule', x1: 0, x2: layout.width, y1: top + 4.5, y2: top + 4.5 }),
    element('text', { class: 'cell-name', x: 0, y: top + 22 }, text(name)),
    ...rows.map((row, i) => drawRow(row, top + cellHeight + i * layout.rowHeight, layout, axis, x)),
  ];
}

function drawRow(row: ForestRow, top: number, layout: ForestLayout, axis: Axis, x: Place): Markup {
  const { estimateAt, intervalAt, verdictAt } = layout;
  const y = top + layout.wordsAt;
  const end = { y, 'text-anchor': 'end' };
  const { estimate, interval } = row.words;
  return element(
    'g',
    { class: `row v-${row.verdict}` },
    element('text', { class: 'metric', x: 0, y }, text(row.label)),
    ...drawInterval(row, top + layout.lineAt, axis, x),
    element('text', { class: 'estimate', x: estimateAt, ...end }, text(estimate)),
    ...(intervalAt === null || interval === ''
      ? []
      : [element('text', { class: 'range', x: intervalAt, ...end }, text(`(${interval})`))]),
    glyphAt(row.verdict, verdictAt, y - 11, 13),
    element('text', { class: 'verdict-word', x: verdictAt + 18, y }, text(row.verdict)),
  );
}

function drawInterval({ worse, launches }: ForestRow, y: number, axis: Axis, x: Place): Markup[] {
  if (worse === null)
    return [
      element(
        'text',
        { class: 'none', x: x(0), y: y + 4, 'text-anchor': 'middle' },
        text('not compared'),
      ),
    ];
  const [low, high, at] = [x(worse.low), x(worse.high), x(worse.estimate)];
  return [
    ...launches.map((value) =>
      element('circle', { class: 'launch', cx: x(value), cy: y + 8, r: 1.8 }),
    ),
    element('line', { class: 'interval', x1: low, x2: high, y1: y, y2: y }),
    intervalEnd(low, y, -1, worse.low < axis.low),
    intervalEnd(high, y, 1, worse.high > axis.high),
    element('path', { class: 'point', d: `M${round(at)} ${y - 4.5}l4.5 4.5-4.5 4.5-4.5-4.5z` }),
  ];
}

/** A cap; an arrow where the interval goes on beyond the axis. */
const intervalEnd = (x: number, y: number, direction: 1 | -1, isBeyond: boolean): Markup =>
  element('path', {
    class: 'end',
    d: isBeyond
      ? `M${round(x - 5 * direction)} ${y - 4}l${5 * direction} 4l${-5 * direction} 4`
      : `M${round(x)} ${y - 3.5}v7`,
  });

const round = (value: number): number => Math.round(value * 100) / 100;

const shorten = (name: string, most: number): string => {
  const characters = [...name];
  return characters.length <= most ? name : `${characters.slice(0, most - 1).join('')}…`;
};
