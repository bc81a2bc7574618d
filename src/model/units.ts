/**
 * Numbers that must not be mixed up carry their unit in the type. A plain `number` is a count or has
 * no unit. Arithmetic gives a plain number back, so a result names its unit again on purpose.
 */
declare const unit: unique symbol;

/** Microseconds, of wall or CPU time. */
export type Micros = number & { readonly [unit]: 'µs' };

/** A share or relative change: 0.02 is 2 %. */
export type Fraction = number & { readonly [unit]: 'fraction' };

/** ln(candidate ÷ baseline). Symmetric, additive over blocks and launches; turned into a percentage only to be shown. */
export type LogRatio = number & { readonly [unit]: 'log ratio' };

/** /proc counts CPU time in ticks of 10 ms on every Linux that Node supports (USER_HZ is 100). In µs. */
export const tickUs = 10_000;

export const micros = (n: number): Micros => n as Micros;
export const fraction = (n: number): Fraction => n as Fraction;

/** @param candidate and @param baseline are positive, in the same unit. */
export const logRatio = (candidate: number, baseline: number): LogRatio =>
  Math.log(candidate / baseline) as LogRatio;

/** exp(x) − 1: the relative change that a log ratio stands for. */
export const relativeChange = (x: number): Fraction => fraction(Math.expm1(x));

/** `+52 %`, `−3.1 %`: for sentences; tables have a form of their own in `report/`. */
export const spokenChange = (change: number): string => {
  const points = change * 100;
  const digits = Math.abs(points) >= 10 ? 0 : 1;
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(digits)} %`;
};

/** A whole number with its noun: `1 cell`, `5 cells`. */
export const count = (n: number, noun: string, plural = `${noun}s`): string =>
  `${n} ${n === 1 ? noun : plural}`;
