import type { Course } from '../model/course.ts';
import type { SliceRow } from '../model/journal.ts';
import type { BlockMetric, MetricName } from '../model/metrics.ts';
import { type ByRole, type Role, roles } from '../model/plan.ts';
import type { Disturbance } from '../model/disturbance.ts';
import { blockMetricOf, blocksOf, type Spent, sum } from './blocks.ts';
import {
  addTime,
  type DisturbedTime,
  disturbedTime,
  isCounted,
  nothingTaken,
  shareOf,
} from './disturbance.ts';
import type { MeasuredLaunch } from './launches.ts';
import { rejectedBlocks } from './rejection.ts';

/** More could not be told apart where they are drawn, and would be most of report.json. */
const mostPoints = 120;

/** Blocks of one launch that follow each other. */
interface Stretch {
  readonly launch: MeasuredLaunch;
  readonly seconds: number;
  readonly spent: ByRole<Spent>;
  readonly time: DisturbedTime;
  readonly rejected: number;
}

/**
 * @param arms that the run measured: both, or one of them against itself
 * @param primary of the cell; the rate stands for what is not made of blocks, or could not be read in each
 */
export function courseOf(
  launches: readonly MeasuredLaunch[],
  arms: readonly Role[],
  primary: MetricName,
): Course[] {
  const asked = blockMetricOf(primary);
  const metric = isReadInBlocks(launches, asked) ? asked : 'rps';
  const blocksPerPoint = thinning(launches.map(({ slices }) => blocksOf(slices, metric).length));
  const stretches = launches.flatMap((launch) => stretchesOf(launch, metric, blocksPerPoint));
  const [only] = arms.length === 1 ? arms : [];
  const spentBy = (role: Role): Course['values'][Role] =>
    arms.includes(role)
      ? stretches.map(({ launch, spent }) =>
          metricOver(metric, launch, only === undefined ? spent[role] : sum(Object.values(spent))),
        )
      : null;
  if (stretches.length === 0) return [];
  return [
    {
      metric,
      blocksPerPoint,
      launch: stretches.map(({ launch }) => launch.opened.launch),
      seconds: stretches.map(({ seconds }) => Math.round(seconds * 10) / 10),
      values: { baseline: spentBy('baseline'), candidate: spentBy('candidate') },
      taken: takenIn(launches, stretches),
      rejected: stretches.map(({ rejected }) => rejected),
    },
  ];
}

const isReadInBlocks = (launches: readonly MeasuredLaunch[], metric: BlockMetric): boolean =>
  launches
    .flatMap(({ slices }) => blocksOf(slices, metric))
    .every((spent) => roles.every((role) => Number.isFinite(spent[role].timeUs)));

/** How many blocks of a launch make a point. @param blocks of each launch */
function thinning(blocks: readonly number[]): number {
  const points = (size: number): number =>
    blocks.reduce((total, n) => total + Math.ceil(n / size), 0);
  const longest = Math.max(1, ...blocks);
  for (let size = 1; size < longest; size++) if (points(size) <= mostPoints) return size;
  return longest;
}

function stretchesOf(launch: MeasuredLaunch, metric: BlockMetric, size: number): Stretch[] {
  const { slices, finish } = launch;
  // Both have the blocks in the order of measuring.
  const spent = blocksOf(slices, metric);
  const times = [...disturbedTime(launch)];
  const rejected = new Set(rejectedBlocks(launch).map(({ block }) => block));
  const begins = beginnings(slices, finish.endedMs);
  return Array.from({ length: Math.ceil(times.length / size) }, (_, i) => {
    const own = times.slice(i * size, (i + 1) * size);
    const parts = spent.slice(i * size, (i + 1) * size);
    return {
      launch,
      seconds: (begins.get(own[0]?.[0] ?? 0) ?? finish.endedMs) / 1000,
      spent: {
        baseline: sum(parts.map(({ baseline }) => baseline)),
        candidate: sum(parts.map(({ candidate }) => candidate)),
      },
      time: own.map(([, time]) => time).reduce(addTime, nothingTaken),
      rejected: own.filter(([block]) => rejected.has(block)).length,
    };
  });
}

/** When each block began, in ms since the run's first launch: slices follow each other up to the end of the launch. */
function beginnings(slices: readonly SliceRow[], endedMs: number): Map<number, number> {
  const leading = slices.filter(({ worker }) => worker === 0);
  const lengthMs = ({ machine, wallUs }: SliceRow): number => (machine?.spanUs ?? wallUs) / 1000;
  let at = endedMs - leading.reduce((total, slice) => total + lengthMs(slice), 0);
  const begins = new Map<number, number>();
  for (const slice of leading) {
    if (!begins.has(slice.block)) begins.set(slice.block, at);
    at += lengthMs(slice);
  }
  return begins;
}

/** Each slice of a worker has its own time: a rate is that of all workers together. Null where nothing was answered. */
function metricOver(metric: BlockMetric, launch: MeasuredLaunch, spent: Spent): number | null {
  const { timeUs, requests } = spent;
  const workers = new Set(launch.slices.map(({ worker }) => worker)).size;
  const value = metric === 'rps' ? (workers * requests) / (timeUs / 1e6) : timeUs / requests;
  return requests > 0 && Number.isFinite(value) ? digits(value) : null;
}

function takenIn(
  launches: readonly MeasuredLaunch[],
  stretches: readonly Stretch[],
): Course['taken'] {
  const of = (kind: Disturbance): readonly number[] | null =>
    launches.some((launch) => isCounted(launch, kind))
      ? stretches.map(({ time }) => digits(shareOf(time, kind)))
      : null;
  return { waited: of('waited'), stolen: of('stolen'), throttled: of('throttled') };
}

/** As many as a drawing can show. */
const digits = (value: number): number => Number(value.toPrecision(4));
