import type { CellReport, WorkerFigures } from '../model/report.ts';
import { element, type Markup, text } from './markup.ts';
import { formatScaled, formatShare, scaleFor } from './number.ts';
import { type WorkerPair, workerPairs } from './worker-pairs.ts';

/** A figure of a worker that is drawn as a bar with the range over launches. */
interface Figure {
  readonly title: string;
  readonly mean: (worker: WorkerFigures) => number;
  readonly range: (worker: WorkerFigures) => readonly [number, number];
  readonly format: (values: readonly number[]) => (value: number) => string;
  /** The axis ends here at least. */
  readonly full: number;
}

const rates: Figure = {
  title: 'Requests per second and worker',
  mean: ({ rps }) => rps,
  range: ({ rpsRange }) => rpsRange,
  format: (values) => {
    const scale = scaleFor('1/s', values);
    return (value) => formatScaled(value, scale);
  },
  full: 0,
};

const loads: Figure = {
  title: 'CPU of each worker, 100 % is one core',
  mean: ({ cpuUtilisation }) => cpuUtilisation,
  range: ({ cpuUtilisationRange }) => cpuUtilisationRange,
  format: () => formatShare,
  full: 1,
};

const width = 360;
const bars: readonly [number, number] = [66, 282];
const barHeight = 11;
const rowHeight = 34;
const headHeight = 24;

/** The same figures as bars; the table beside them has the numbers. Empty without workers. */
export function workerCharts(cell: CellReport, anchor: string): readonly Markup[] {
  const pairs = workerPairs(cell);
  return pairs.length === 0
    ? []
    : [chart(pairs, rates, `${anchor}-rps`), chart(pairs, loads, `${anchor}-cpu`)];
}

function chart(pairs: readonly WorkerPair[], figure: Figure, id: string): Markup {
  const all = pairs
    .flatMap(({ baseline, candidate }) => [baseline, candidate])
    .filter((w) => w !== null);
  const means = all.map(figure.mean);
  const most = Math.max(figure.full, ...all.map((worker) => figure.range(worker)[1]), ...means);
  const [from, to] = bars;
  const x = (value: number) => (most > 0 ? from + (value / most) * (to - from) : from);
  const format = figure.format(means);
  const height = headHeight + pairs.length * rowHeight + 4;
  return element(
    'svg',
    {
      class: 'workers',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    element('title', { id: `${id}-title` }, text(figure.title)),
    element('desc', { id: `${id}-desc` }, text(description(pairs, figure, format))),
    element('text', { class: 'chart-title', x: 0, y: 13 }, text(figure.title)),
    element('line', { class: 'zero', x1: from, x2: from, y1: headHeight - 2, y2: height }),
    ...pairs.flatMap(({ worker, baseline, candidate }, i) => {
      const top = headHeight + i * rowHeight + 4;
      return [
        element('text', { class: 'tick', x: 0, y: top + 16 }, text(`worker ${worker}`)),
        ...bar(baseline, 'baseline', top, figure, x, format),
        ...bar(candidate, 'candidate', top + barHeight + 2, figure, x, format),
      ];
    }),
  );
}

function bar(
  worker: WorkerFigures | null,
  role: 'baseline' | 'candidate',
  top: number,
  figure: Figure,
  x: (value: number) => number,
  format: (value: number) => string,
): Markup[] {
  if (worker === null) return [];
  const [low, high] = figure.range(worker);
  const middle = top + barHeight / 2;
  const mean = figure.mean(worker);
  return [
    element('rect', {
      class: `arm-${role}`,
      x: x(0),
      y: top,
      width: x(mean) - x(0),
      height: barHeight,
    }),
    element('path', {
      class: 'whisker',
      d: `M${x(low).toFixed(2)} ${middle}H${x(high).toFixed(2)}m0-2.5v5M${x(low).toFixed(2)} ${middle - 2.5}v5`,
    }),
    element(
      'text',
      { class: 'tick', x: width, y: top + 9.5, 'text-anchor': 'end' },
      text(format(mean)),
    ),
  ];
}

const description = (
  pairs: readonly WorkerPair[],
  figure: Figure,
  format: (value: number) => string,
): string => {
  const said = (worker: WorkerFigures | null) =>
    worker === null ? 'none' : format(figure.mean(worker));
  return pairs
    .map(
      ({ worker, baseline, candidate }) =>
        `worker ${worker}: baseline ${said(baseline)}, candidate ${said(candidate)}`,
    )
    .join('; ');
};
