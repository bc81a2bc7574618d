import type { Course } from '../../model/course.ts';
import { disturbances } from '../../model/disturbance.ts';
import { metrics } from '../../model/metrics.ts';
import { roles } from '../../model/plan.ts';
import type { CellReport } from '../../model/report.ts';
import { count } from '../../model/units.ts';
import { ticks } from '../charts/plot.ts';
import { type Steps, stepsOf } from '../charts/steps.ts';
import { disturbanceNames } from '../disturbance-words.ts';
import { text } from '../markup.ts';
import { formatShare } from '../number.ts';
import { changes, levels, little, takenPanel } from './course-panels.ts';
import { thinned } from './thinned-course.ts';

const mostTimes = 6;

/** How the cell went block by block, with what others did to us under it. @param mostPoints that are drawn @param withLevels of both arms, beside their ratio */
export const courseViews = (
  { course, metrics: all }: CellReport,
  mostPoints: number,
  withLevels: boolean,
) =>
  course.map((whole) => {
    const steps = thinned(whole, mostPoints);
    const x = stepsOf(steps.launch);
    const { baseline, candidate } = steps.values;
    const isPaired = baseline !== null && candidate !== null;
    const change = all.find(({ metric }) => metric === whole.metric)?.change ?? null;
    return {
      metric: metrics[whole.metric].label,
      title: courseTitle(whole),
      panels: [
        ...(withLevels || !isPaired ? [levels(steps, x)] : []),
        ...(isPaired ? [changes(baseline, candidate, change?.estimate ?? null, steps, x)] : []),
        ...disturbances.flatMap((kind) => takenPanel(kind, steps, x)),
      ],
      times: ticks(startTimes(steps, x)),
      quiet: quietWords(whole),
      leftOut: leftOutWords(whole),
      isPaired,
      ...{ hasBaseline: baseline !== null, hasCandidate: candidate !== null },
    };
  });

const courseTitle = ({ values, blocksPerPoint }: Course): string => {
  const arms = roles.filter((role) => values[role] !== null);
  const each = blocksPerPoint === 1 ? 'block' : `${blocksPerPoint} blocks`;
  return `${arms.length === 2 ? 'Both arms' : `The ${arms.join('')} alone`}, a point for each ${each}`;
};

function startTimes(course: Course, x: Steps) {
  const every = Math.ceil(x.first.length / mostTimes);
  return x.first
    .filter((_, i) => i % every === 0)
    .map((point) => ({
      at: x.at(point),
      label: text(clock(course.seconds[point] ?? 0)),
    }));
}

/** `1:07`, in minutes and seconds since the run's first launch. */
const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

function quietWords({ taken }: Course): string | null {
  const least = disturbances.filter((kind) => {
    const shares = taken[kind];
    return shares !== null && Math.max(0, ...shares) < little;
  });
  const unknown = disturbances.filter((kind) => taken[kind] === null);
  const words = [
    ...(least.length === 0
      ? []
      : [
          `Below ${formatShare(little)} throughout: ${least.map((kind) => disturbanceNames[kind]).join(', ')}`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          `Not counted on this system: ${unknown.map((kind) => disturbanceNames[kind]).join(', ')}`,
        ]),
  ];
  return words.length === 0 ? null : `${words.join('. ')}.`;
}

function leftOutWords({ rejected }: Course): string | null {
  const blocks = rejected.reduce((sum, n) => sum + n, 0);
  return blocks === 0 ? null : `${count(blocks, 'block')} left out of rates`;
}
