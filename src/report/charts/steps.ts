import { across, fine } from './plot.ts';

/** Where points stand that were taken in runs of neighbours, with room between the runs. */
export interface Steps {
  readonly count: number;
  /** The middle of a point, from 0 to 1. */
  readonly at: (point: number) => number;
  /** The middle of the room before each run but the first. */
  readonly between: readonly number[];
  /** Width of a point. */
  readonly width: number;
  /** The first point of each run. */
  readonly first: readonly number[];
}

/** @param runs what each point belongs to, in their order */
export function stepsOf(runs: readonly number[]): Steps {
  const first = runs.flatMap((run, i) => (i === 0 || run !== runs[i - 1] ? [i] : []));
  const room = Math.max(1, runs.length * 0.008);
  const width = 1 / (runs.length + room * Math.max(0, first.length - 1));
  const before = (point: number): number => first.filter((i) => i > 0 && i <= point).length;
  return {
    count: runs.length,
    at: (point) => (point + 0.5 + before(point) * room) * width,
    between: first.slice(1).map((i) => (i + before(i) * room - room / 2) * width),
    width,
    first,
  };
}

/** A line through the points of each run. @param y in pixels, null where there is no value */
export function lineThrough(
  { count, at, first }: Steps,
  y: (point: number) => number | null,
): string {
  const starts = new Set(first);
  let isOpen = false;
  const parts: string[] = [];
  for (let i = 0; i < count; i++) {
    const height = y(i);
    if (height === null) isOpen = false;
    else {
      // A point without neighbours is still seen: a line of no length has round ends.
      const isFirst = starts.has(i) || !isOpen;
      parts.push(
        `${isFirst ? 'M' : 'L'}${fine(across(at(i)))} ${fine(height)}${isFirst ? 'h0' : ''}`,
      );
      isOpen = true;
    }
  }
  return parts.join('');
}

/** A column from the foot up for each point that has any height. */
export const columns = (
  { count, at, width }: Steps,
  height: (point: number) => number,
  foot: number,
): string =>
  Array.from({ length: count }, (_, i) => {
    const up = fine(height(i));
    return up < 1
      ? ''
      : `M${fine(across(at(i) - width / 2))} ${foot}v-${up}h${fine(across(width))}v${up}z`;
  }).join('');
