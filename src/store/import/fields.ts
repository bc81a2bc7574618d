import { z } from 'zod';
import { BenchFailure } from '../../model/failure.ts';
import { type ForeignTotals, latencyNames } from '../../model/imported.ts';
import { type Micros, micros } from '../../model/units.ts';

/** @param problem begins a sentence about the file; @param next is a sentence. */
export const unreadable = (file: string, problem: string, next: string): BenchFailure =>
  new BenchFailure('configuration', `${file}: ${problem}. ${next}`);

/** Null where the text is no JSON. */
export function jsonOrNull(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** @param what the file should be. @throws BenchFailure naming the first key that is missing or no number. */
export function fitting<T>(
  schema: z.ZodType<T>,
  value: unknown,
  file: string,
  what: string,
  next: string,
): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const key = read.error.issues[0]?.path.join('.') ?? '';
  const problem =
    key === '' ? `is not ${what}` : `${key} is missing or unfit, so it is not ${what}`;
  throw unreadable(file, problem, next);
}

/** Counted: from 0 up. */
export const counted = z.number().min(0);

/** Of a program that tells milliseconds. What is 0 was too short for its clock, and has no ratio. */
export const fromMs = (ms: number | null | undefined): Micros | null =>
  typeof ms === 'number' && Number.isFinite(ms) && ms > 0 ? micros(ms * 1000) : null;

export const noLatency = Object.fromEntries(
  latencyNames.map((name) => [name, null]),
) as ForeignTotals['latency'];
