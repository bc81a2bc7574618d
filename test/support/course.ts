import type { Course } from '../../src/model/course.ts';
import type { LatencyDistribution } from '../../src/model/latency.ts';
import type { CellReport } from '../../src/model/report.ts';
import { scatter } from './scatter.ts';

const launches = [1, 6, 11, 16, 21, 26, 31, 36];
const blocks = 14;
const minuteUs = 60_000_000;

interface Spent {
  /** µs of CPU per request. */
  readonly baseline: number;
  /** Relative. */
  readonly change: number;
}

/** Eight launches of fourteen blocks each. In the fourth another program had our cores for a while, and both arms show it. */
export function course({ baseline, change }: Spent): Course {
  const draw = scatter(Math.round(baseline * 100));
  const points = launches.flatMap((launch, l) => {
    const level = 1 + draw() * 0.03;
    return Array.from({ length: blocks }, (_, b) => {
      const isDisturbed = l === 3 && b >= 5 && b <= 7;
      const all = level * (1 + draw() * 0.04) * (isDisturbed ? 1.16 : 1);
      return {
        launch,
        seconds: 4 + l * 41.5 + b * 0.29,
        baseline: baseline * all * (1 + draw() * 0.012),
        candidate: baseline * (1 + change) * all * (1 + draw() * 0.012),
        waited: isDisturbed ? 0.46 : 0.012 + draw() * 0.02,
        rejected: isDisturbed ? 1 : 0,
      };
    });
  });
  const list = (of: (point: (typeof points)[number]) => number, decimals: number): number[] =>
    points.map((point) => Number(of(point).toFixed(decimals)));
  const nothing = points.map(() => 0);
  return {
    ...{ metric: 'cpuPerRequest', blocksPerPoint: 5 },
    launch: list((point) => point.launch, 0),
    seconds: list((point) => point.seconds, 1),
    values: {
      baseline: list((point) => point.baseline, 2),
      candidate: list((point) => point.candidate, 2),
    },
    taken: { waited: list((point) => point.waited, 4), stolen: nothing, throttled: nothing },
    rejected: list((point) => point.rejected, 0),
  };
}

/** The same of two runs, each of one arm. */
export const unpairedCourse = (spent: Spent): Course[] => {
  const both = course(spent);
  return [
    { ...both, values: { baseline: both.values.baseline, candidate: null } },
    { ...both, values: { baseline: null, candidate: both.values.candidate } },
  ];
};

/** About a median in µs, with a long tail. */
const distribution = (median: number): LatencyDistribution => ({
  requests: Math.round(minuteUs / median),
  quantiles: [
    [0.5, 1],
    [0.75, 1.12],
    [0.9, 1.39],
    [0.95, 1.62],
    [0.99, 2.55],
    [0.999, 6.1],
    [1, 22.7],
  ].map(([quantile = 0, times = 0]) => ({ quantile, us: Math.round(median * times) })),
});

export const latencies = (
  baseline: number,
  candidate: number,
): NonNullable<CellReport['latencies']> => ({
  baseline: distribution(baseline),
  candidate: distribution(candidate),
});
