import { formatShare } from '../number.ts';

/** Places a relative change on a line from 0 to 1. */
export interface Axis {
  readonly kind: 'linear' | 'symmetric logarithmic';
  readonly low: number;
  readonly high: number;
  readonly at: (x: number) => number;
  readonly ticks: readonly Tick[];
}

interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Up to this a linear axis shows all there is to see. */
const linearReach = 0.1;

/**
 * Where the symmetric logarithm turns from linear to logarithmic: a change of 1 % is still well apart
 * from none, and +250 % still fits beside it.
 */
const knee = 0.01;

/** An interval may be unbounded; beyond ten times as much the axis is cut. */
const mostReach = 10;

/**
 * An axis that holds all values and zero.
 * @param gap least distance between two labels, as a share of the axis
 */
export function axisFor(values: readonly number[], gap: number): Axis {
  const cut = values.filter((x) => !Number.isNaN(x)).map(clampTo(-mostReach, mostReach));
  const [low, high] = [Math.min(0, ...cut), Math.max(0, ...cut)];
  const isLinear = Math.max(-low, high) <= linearReach;
  const warp = isLinear ? (x: number) => x : (x: number) => Math.asinh(x / knee);
  const unwarp = isLinear ? (u: number) => u : (u: number) => Math.sinh(u) * knee;
  const padding = Math.max(warp(high) - warp(low), warp(0.01)) * 0.04;
  const [from, to] = [warp(low) - padding, warp(high) + padding];
  const at = (x: number) => (clampTo(from, to)(warp(x)) - from) / (to - from);
  const ends = { low: unwarp(from), high: unwarp(to) };
  const steps = isLinear ? linearSteps(ends.low, ends.high, gap) : logSteps;
  const kind = isLinear ? 'linear' : 'symmetric logarithmic';
  return { kind, ...ends, at, ticks: spaced(steps, ends, at, gap) };
}

const clampTo = (low: number, high: number) => (x: number) => Math.min(high, Math.max(low, x));

// The most telling first: where labels would touch, the later one gives way.
const logSteps = [0, 0.1, 1, 0.01, 10, 0.03, 0.3, 3].flatMap((x) => (x === 0 ? [0] : [x, -x]));

function linearSteps(low: number, high: number, gap: number): readonly number[] {
  const least = (high - low) * gap;
  const step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05].find((size) => size >= least) ?? 0.1;
  const each = Array.from(
    { length: Math.ceil(Math.max(-low, high) / step) },
    (_, i) => (i + 1) * step,
  );
  return [0, ...each.flatMap((x) => [x, -x])];
}

function spaced(
  steps: readonly number[],
  ends: { low: number; high: number },
  at: Axis['at'],
  gap: number,
): readonly Tick[] {
  const kept: number[] = [];
  for (const value of steps) {
    const inside = value >= ends.low && value <= ends.high;
    const clear = kept.every((other) => Math.abs(at(other) - at(value)) >= gap);
    if (inside && clear) kept.push(value);
  }
  return kept
    .sort((a, b) => a - b)
    .map((value) => ({ value, label: value === 0 ? '0' : formatShare(Math.abs(value)) }));
}
