/** Places positive values on a logarithmic line from 0 to 1. */
export interface LogAxis {
  readonly at: (value: number) => number;
  /** 1, 2 and 5 times powers of ten, as many as have room. */
  readonly ticks: readonly number[];
}

const steps = [[1, 2, 5], [1, 3], [1], [3]];
/** Least distance between two labels, as a share of the axis. */
const gap = 0.19;

export function logAxis(values: readonly number[]): LogAxis {
  const positive = values.filter((value) => value > 0);
  const [low, high] = [Math.min(...positive) / 1.12, Math.max(...positive) * 1.12];
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const at = (value: number): number =>
    Math.min(1, Math.max(0, (Math.log10(Math.max(value, low)) - from) / (to - from)));
  const decades = Array.from(
    { length: Math.ceil(to) - Math.floor(from) + 1 },
    (_, i) => 10 ** (Math.floor(from) + i),
  );
  const choices = steps.map((some) =>
    decades
      .flatMap((decade) => some.map((step) => step * decade))
      .filter((value) => value >= low && value <= high),
  );
  const hasRoom = (values: readonly number[]): boolean =>
    values.every((value, i) => i === 0 || at(value) - at(values[i - 1] ?? low) >= gap);
  return { at, ticks: choices.find(hasRoom) ?? choices.at(-1)?.slice(0, 1) ?? [] };
}
