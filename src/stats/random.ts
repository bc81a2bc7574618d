import { createHash } from 'node:crypto';

/** Uniform in [0, 1), in steps of 2⁻³². The state is hidden in the closure: every call moves it on. */
export type Random = () => number;

/**
 * The stream that belongs to a name, such as (seed, cell, launch). The same parts give the same
 * stream on every machine, so a launch that is repeated or resumed draws what it would have drawn.
 *
 * The parts go through SHA-256: names that differ in one digit must not give streams that resemble
 * one another, which neighbouring raw seeds do in many small generators. JSON keeps the borders, so
 * ('a', 'bc') and ('ab', 'c') differ, and so do 1 and '1'.
 *
 * @throws RangeError for a number that is not finite: JSON would write all of them as `null`.
 */
export function randomFrom(...parts: (string | number)[]): Random {
  for (const part of parts) {
    if (typeof part === 'number' && !Number.isFinite(part)) {
      throw new RangeError(`a seed must be a finite number, not ${part}`);
    }
  }
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  return sfc32(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8));
}

/**
 * "Small fast counting" generator, 32 bit, by Chris Doty-Humphrey: PractRand 0.95, RNGs/sfc.cpp
 * (public domain, https://pracrand.sourceforge.net). Three words are mixed, a fourth only counts and
 * so keeps every cycle at 2³² or longer (2¹²⁷ on average). The shifts 9, 3 and 21 and the 15 rounds
 * that spread the seed before the first number are the author's.
 *
 * @param a and @param b and @param c are the seed, 32 bits each.
 */
export function sfc32(a: number, b: number, c: number): Random {
  let counter = 1;
  // `| 0` and `>>> 0` keep every sum within 32 bits, signed inside and unsigned at the exit.
  const next = () => {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return (word >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round++) next();
  return next;
}

export const coin = (random: Random): boolean => random() < 0.5;

/**
 * A new array in random order, each order equally likely: Fisher–Yates in Durstenfeld's form (Knuth,
 * TAOCP 2, §3.4.2, algorithm P). The place that is filled next takes one of the items not yet placed.
 */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  const order: T[] = [];
  while (left.length > 0) {
    order.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return order;
}
