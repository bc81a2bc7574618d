import { BenchFailure } from '../model/failure.ts';
import { shown } from './wording.ts';

/** A number with a unit, read; or what is wrong with it and what to write instead. */
export type Quantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: string };

export type ParseQuantity = (text: string | number) => Quantity;

interface Kind {
  readonly noun: string;
  readonly example: string;
  /** Size of each unit in the unit of the result. */
  readonly units: ReadonlyMap<string, number>;
  /** Results are rounded to one part in this, so that 1.005s is 1005 ms and not 1004.9999999999999. */
  readonly parts: number;
  readonly max: number;
}

const parse = (kind: Kind, text: string | number): Quantity => {
  const wrong = (problem: string): Quantity => ({
    ok: false,
    problem: `${shown(text)} ${problem}. Write ${kind.noun} such as ${kind.example}.`,
  });
  const [, digits, unit] =
    /^(\d+(?:\.\d+)?) ?([A-Za-z%\u00b5\u03bc]*)$/.exec(String(text).trim()) ?? [];
  if (digits === undefined || unit === undefined) return wrong(`is not ${kind.noun}`);
  const factor = kind.units.get(unit);
  if (factor === undefined)
    return wrong(unit === '' ? 'has no unit' : `has an unknown unit (${unit})`);
  const value = Math.round(Number(digits) * factor * kind.parts) / kind.parts;
  return value <= kind.max ? { ok: true, value } : wrong('is too large');
};

const duration: Kind = {
  noun: 'a duration',
  example: '500ms, 10s or 2m',
  units: new Map([
    ['ms', 1],
    ['s', 1000],
    ['m', 60_000],
    ['h', 3_600_000],
  ]),
  parts: 1e3,
  // Node's timers fire at once when asked to wait longer (about 24 days).
  max: 2 ** 31 - 1,
};

/** What a request takes. */
const time: Kind = {
  noun: 'a time',
  example: '300us, 200ms or 1s',
  units: new Map([
    ['us', 1],
    ['\u00b5s', 1],
    ['\u03bcs', 1],
    ['ms', 1e3],
    ['s', 1e6],
  ]),
  parts: 1e3,
  max: Number.MAX_SAFE_INTEGER,
};

const percentage: Kind = {
  noun: 'a percentage',
  example: '2%',
  units: new Map([['%', 0.01]]),
  parts: 1e9,
  max: 1e6,
};

const size: Kind = {
  noun: 'a size',
  example: '13, 1kB or 64KiB',
  units: new Map([
    ['', 1],
    ['B', 1],
    ['kB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
    ['KiB', 1024],
    ['MiB', 1024 ** 2],
    ['GiB', 1024 ** 3],
  ]),
  parts: 1e6,
  max: Number.MAX_SAFE_INTEGER,
};

/** `500ms`, `2.7s`, `2m`, `1h` in milliseconds; at most about 24 days. */
export const parseDuration: ParseQuantity = (text) => parse(duration, text);

/** `300us`, `200ms`, `1s` in microseconds. */
export const parseTime: ParseQuantity = (text) => parse(time, text);

/** `2%` as a fraction: 0.02. */
export const parsePercent: ParseQuantity = (text) => parse(percentage, text);

/** `13`, `1kB` (1000), `1KiB` (1024) in whole bytes. */
export const parseSize: ParseQuantity = (text) => {
  const read = parse(size, text);
  if (!read.ok || Number.isInteger(read.value)) return read;
  return {
    ok: false,
    problem: `${shown(text)} is not a whole number of bytes. Write a size such as ${size.example}.`,
  };
};

/**
 * The value of an option of the command line.
 * @throws BenchFailure `configuration`, which names the option.
 */
export const quantityOption = (option: string, text: string, read: ParseQuantity): number => {
  const quantity = read(text);
  if (quantity.ok) return quantity.value;
  throw new BenchFailure('configuration', `${option}: ${quantity.problem}`);
};

/** For messages: `0.4s`, `41s`. Rounded up to a tenth of a second, so that it is enough. */
export const shownDuration = (ms: number): string =>
  `${Math.ceil(Number((ms / 100).toFixed(6))) / 10}s`;
