import type { Course } from '../../model/course.ts';
import type { Disturbance } from '../../model/disturbance.ts';
import { metrics } from '../../model/metrics.ts';
import { roles } from '../../model/plan.ts';
import { relativeChange } from '../../model/units.ts';
import { across, fine, path, plot, plotWidth, rectangle, verticals } from '../charts/plot.ts';
import { columns, lineThrough, type Steps } from '../charts/steps.ts';
import { disturbanceNames } from '../disturbance-words.ts';
import type { Markup } from '../markup.ts';
import { formatChange, formatShare } from '../number.ts';

/** In CSS pixels, as the style sheet has them. */
const heights = { levels: 88, change: 56, taken: 30 } as const;
/** Less than this share of the time is how a machine is that nobody disturbs. */
export const little = 0.03;

/** One above the other, on the same points. */
export interface Panel {
  readonly kind: 'levels' | 'change' | 'taken';
  readonly name: string;
  readonly top: string;
  readonly bottom: string;
  readonly plot: Markup;
}

/** Each arm against its own median: however far they are apart, noise that both share is seen as such. */
export function levels(course: Course, x: Steps): Panel {
  const deviations = roles.flatMap((role) => {
    const own = course.values[role];
    return own === null ? [] : [{ role, logs: fromMedian(own) }];
  });
  const y = scaleOf(
    deviations.flatMap(({ logs }) => logs),
    heights.levels,
  );
  return {
    ...{ kind: 'levels', name: `${metrics[course.metric].label}, each arm against its median` },
    ...{ top: changeOf(y.high), bottom: changeOf(y.low) },
    plot: framed(
      'levels',
      course,
      x,
      path('zero', `M0 ${fine(y.at(0))}H${plotWidth}`),
      ...deviations.map(({ role, logs }) => path(`of-${role}`, lineThrough(x, heightsOf(logs, y)))),
    ),
  };
}

type Values = readonly (number | null)[];

/** NaN where nothing was measured. */
const logOf = (value: number | null): number => (value === null ? Number.NaN : Math.log(value));

/** Logarithms: twice and half are equally far away. */
function fromMedian(values: Values): number[] {
  const logs = values.map(logOf);
  const known = logs.filter(Number.isFinite).sort((a, b) => a - b);
  const median = known[Math.floor(known.length / 2)] ?? 0;
  return logs.map((log) => log - median);
}

interface Scale {
  readonly low: number;
  readonly high: number;
  /** In pixels from the top. */
  readonly at: (log: number) => number;
}

function scaleOf(logs: readonly number[], height: number): Scale {
  const finite = logs.filter(Number.isFinite);
  const known = finite.length === 0 ? [0] : finite;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = Math.max(0.005, (high - low) * 0.06);
  return { low, high, at: (log) => height * (1 - (log - low + room) / (high - low + 2 * room)) };
}

const heightsOf =
  (logs: readonly number[], { at }: Scale) =>
  (i: number): number | null => {
    const log = logs[i];
    return log === undefined || !Number.isFinite(log) ? null : at(log);
  };

function changeOf(log: number): string {
  const change = relativeChange(log);
  return formatChange({ estimate: change, low: change, high: change, level: 1 }).estimate;
}

export function changes(
  baseline: Values,
  candidate: Values,
  estimate: number | null,
  course: Course,
  x: Steps,
): Panel {
  const logs = baseline.map((value, i) => logOf(candidate[i] ?? null) - logOf(value));
  const middle = estimate === null ? [] : [Math.log1p(estimate)];
  const y = scaleOf([...logs, ...middle], heights.change);
  const level = (className: string, log: number): Markup =>
    path(className, `M0 ${fine(y.at(log))}H${plotWidth}`);
  return {
    ...{ kind: 'change', name: 'candidate to baseline' },
    ...{ top: changeOf(y.high), bottom: changeOf(y.low) },
    plot: framed(
      'change',
      course,
      x,
      ...(y.low < 0 && y.high > 0 ? [level('zero', 0)] : []),
      ...middle.map((log) => level('mean', log)),
      path('of-change', lineThrough(x, heightsOf(logs, y))),
    ),
  };
}

/** Only of what there was: the others are named in a line. */
export function takenPanel(kind: Disturbance, course: Course, x: Steps): Panel[] {
  const shares = course.taken[kind];
  const most = shares === null ? 0 : Math.max(0, ...shares);
  if (shares === null || most < little) return [];
  const full = Math.max(most, 0.2);
  const { taken } = heights;
  return [
    {
      ...{ kind: 'taken', name: disturbanceNames[kind] },
      ...{ top: formatShare(most), bottom: '0 %' },
      plot: framed(
        'taken',
        course,
        x,
        path(
          `of-${kind}`,
          columns(x, (i) => ((shares[i] ?? 0) / full) * (taken - 1), taken),
        ),
      ),
    },
  ];
}

/** What all panels share: where launches begin, and what was left out of rates. */
function framed(kind: Panel['kind'], course: Course, x: Steps, ...shapes: Markup[]): Markup {
  const height = heights[kind];
  const leftOut = course.rejected.flatMap((blocks, i) =>
    blocks === 0
      ? []
      : [
          rectangle(
            'left-out',
            [across(x.at(i) - x.width / 2), across(x.at(i) + x.width / 2)],
            0,
            height,
          ),
        ],
  );
  return plot(
    `course-${kind}`,
    height,
    ...leftOut,
    verticals('grid', x.between.map(across), height),
    path('foot', `M0 ${height}H${plotWidth}`),
    ...shapes,
  );
}
