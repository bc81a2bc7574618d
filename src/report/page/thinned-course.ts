import type { Course } from '../../model/course.ts';

/**
 * The same with fewer points: neighbours of one launch together. Of the metric their mean, of what others took the most,
 * of what was left out the sum.
 */
export function thinned(course: Course, most: number): Course {
  const size = Math.ceil(course.launch.length / most);
  if (size < 2) return course;
  const groups: number[][] = [];
  for (const [i, launch] of course.launch.entries()) {
    const last = groups.at(-1);
    const isFull = last === undefined || last.length === size;
    if (isFull || course.launch[last[0] ?? 0] !== launch) groups.push([i]);
    else last.push(i);
  }
  const sums = (values: readonly number[]): number[] =>
    groups.map((own) => own.reduce((sum, i) => sum + (values[i] ?? 0), 0));
  const means = (values: readonly (number | null)[] | null): (number | null)[] | null =>
    values && groups.map((own) => mean(own.flatMap((i) => values[i] ?? [])));
  const largest = (values: readonly number[] | null): number[] | null =>
    values && groups.map((own) => Math.max(...own.map((i) => values[i] ?? 0)));
  const firsts = (values: readonly number[]): number[] =>
    groups.map(([first = 0]) => values[first] ?? 0);
  return {
    metric: course.metric,
    blocksPerPoint: course.blocksPerPoint * size,
    ...{ launch: firsts(course.launch), seconds: firsts(course.seconds) },
    taken: {
      waited: largest(course.taken.waited),
      stolen: largest(course.taken.stolen),
      throttled: largest(course.taken.throttled),
    },
    values: {
      baseline: means(course.values.baseline),
      candidate: means(course.values.candidate),
    },
    rejected: sums(course.rejected),
  };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
