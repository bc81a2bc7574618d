import type { MetricDefinition } from '../model/metrics.ts';
import type { Interval } from '../model/report.ts';

type Unit = MetricDefinition['unit'];

/** One prefix of a unit, chosen once for all numbers of a row. */
export interface Scale {
  readonly factor: number;
  readonly symbol: string;
}

/** Shown where there is no number. */
export const noNumber = '–';

const minus = '\u2212';

const scales: Readonly<Record<Unit, readonly [Scale, ...Scale[]]>> = {
  µs: [
    { factor: 1e-3, symbol: 'ns' },
    { factor: 1, symbol: 'µs' },
    { factor: 1e3, symbol: 'ms' },
    { factor: 1e6, symbol: 's' },
  ],
  '1/s': [
    { factor: 1, symbol: 'rps' },
    { factor: 1e3, symbol: 'krps' },
    { factor: 1e6, symbol: 'Mrps' },
  ],
  bytes: [
    { factor: 1, symbol: 'B' },
    { factor: 1e3, symbol: 'kB' },
    { factor: 1e6, symbol: 'MB' },
    { factor: 1e9, symbol: 'GB' },
  ],
  fraction: [{ factor: 0.01, symbol: '%' }],
};

const significantDigits = 3;

/** More than this is noise, however small the number is beside its neighbours in the row. */
const mostDecimals = 3;

/**
 * The smallest prefix in which no value of the row needs four digits. Rounding comes first: 999.995 µs
 * is 1.00 ms, never 1000 µs.
 */
export function scaleFor(unit: Unit, values: readonly (number | null)[]): Scale {
  const sizes = values.filter((value) => value !== null).map(Math.abs);
  const largest = Math.max(0, ...sizes.filter(Number.isFinite));
  const [first, ...larger] = scales[unit];
  if (largest === 0) return scales[unit].find((scale) => scale.factor === 1) ?? first;
  const fits = (scale: Scale) =>
    Number((largest / scale.factor).toPrecision(significantDigits)) < 1000;
  return fits(first) ? first : (larger.find(fits) ?? larger.at(-1) ?? first);
}

/** Three significant digits, with the unit; `–` for null. */
export function formatScaled(value: number | null, scale: Scale): string {
  if (value === null || Number.isNaN(value)) return noNumber;
  return `${signed(value / scale.factor)} ${scale.symbol}`;
}

/** The unit stands once: `8.39 … 9.18 ms`. */
export const formatRange = (low: number, high: number, scale: Scale): string =>
  `${signed(low / scale.factor)} … ${formatScaled(high, scale)}`;

export const formatValue = (value: number | null, unit: Unit): string =>
  formatScaled(value, scaleFor(unit, [value]));

/** A share or a size of change without a sign: 0.02 is `2 %`, 0.9834 is `98.3 %`. */
export const formatShare = (share: number): string =>
  Number.isNaN(share)
    ? noNumber
    : `${share < 0 ? minus : ''}${trimZeros(digits(Math.abs(share) * 100, 2))} %`;

/**
 * A relative change and its interval, in percent with one number of decimals. The unit stands once:
 * `+52.1 %` and `+48.3 … +56.0`.
 */
export function formatChange(change: Interval): { estimate: string; interval: string } {
  const sizes = [change.estimate, change.low, change.high].filter(Number.isFinite);
  const decimals = decimalsFor(Math.max(0, ...sizes.map((x) => Math.abs(x * 100))));
  const percent = (x: number) => withSign(x * 100, decimals);
  return {
    estimate: `${percent(change.estimate)} %`,
    interval: `${percent(change.low)} … ${percent(change.high)}`,
  };
}

export function formatP(p: number | null): string {
  if (p === null || Number.isNaN(p)) return noNumber;
  if (p < 0.0001) return '<0.0001';
  return p < 0.001 ? p.toFixed(4) : p < 0.1 ? p.toFixed(3) : p.toFixed(2);
}

/** A confidence level: 0.995 is `99.5 %`. Never rounded up to certainty. */
export function formatLevel(level: number): string {
  const percent = level * 100;
  return percent > 99.99 ? '>99.99 %' : `${trimZeros(percent.toFixed(2))} %`;
}

/** A change beyond a thousandfold tells no more by its digits. */
const mostPercent = 99_999;

const decimalsFor = (percent: number): number =>
  Number(percent.toFixed(1)) >= 100 ? 0 : Number(percent.toFixed(2)) >= 10 ? 1 : 2;

function withSign(x: number, decimals: number): string {
  if (!Number.isFinite(x)) return `${x < 0 ? minus : '+'}∞`;
  if (x > mostPercent) return `>+${mostPercent}`;
  const text = Math.abs(x).toFixed(decimals);
  return Number(text) === 0 ? text : `${x < 0 ? minus : '+'}${text}`;
}

const signed = (x: number): string => `${x < 0 ? minus : ''}${digits(Math.abs(x))}`;

function digits(size: number, most = mostDecimals): string {
  if (size === 0) return '0';
  if (!Number.isFinite(size)) return '∞';
  const rounded = Number(size.toPrecision(significantDigits));
  const decimals = significantDigits - 1 - Math.floor(Math.log10(rounded));
  const text = size.toFixed(Math.min(most, Math.max(0, decimals)));
  return Number(text) === 0 ? `<${10 ** -most}` : text;
}

const trimZeros = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text;
