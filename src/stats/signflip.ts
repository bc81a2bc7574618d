import { sum } from 'simple-statistics';
import { coin, type Random } from './random.ts';

/** 2¹⁶ sums are a few milliseconds; beyond, the signs are drawn. */
const exactUpTo = 16;

/**
 * Two-sided sign-flip test of "the launches are symmetric around 0" (Fisher, The Design of
 * Experiments, 1935, §21). Where baseline and candidate are the same, each launch's log ratio could
 * as well have had the other sign. Of all 2ⁿ ways to sign the sizes that were seen, p is the share
 * whose sum lies at least as far from 0 as the real one. It assumes no distribution, and pays with a
 * smallest possible p of 2 / 2ⁿ: below 6 launches it can never reach 0.05.
 *
 * Beyond 16 launches `draws` random signings stand in for all. The signing that was observed is one
 * of them, hence (1 + hits) / (1 + draws), never 0 (Phipson and Smyth, Stat. Appl. Genet. Mol. Biol.
 * 9, 2010, article 39).
 *
 * @param sample one log ratio per launch, n ≥ 1. @param random is used beyond 16 launches only.
 * @throws RangeError where a value is not finite, or there is none.
 */
export function signFlipP(sample: readonly number[], random: Random, draws = 20_000): number {
  if (sample.length === 0 || !sample.every(Number.isFinite)) {
    throw new RangeError('a sign-flip test needs finite numbers, one at least');
  }
  // Two orders of adding the same numbers differ in the last bits; a tie must still count as a tie.
  const slack = 1e-12 * sum(sample.map(Math.abs));
  const observed = Math.abs(sum(sample)) - slack;
  if (sample.length <= exactUpTo) {
    const sums = signedSums(sample);
    return sums.filter((s) => Math.abs(s) >= observed).length / sums.length;
  }
  let hits = 0;
  for (let draw = 0; draw < draws; draw++) {
    let signed = 0;
    for (const value of sample) signed += coin(random) ? value : -value;
    if (Math.abs(signed) >= observed) hits++;
  }
  return (1 + hits) / (1 + draws);
}

/**
 * The sums of all signings with the first sign kept: half of 2ⁿ, and each of the other half is one of
 * these negated, as far from 0.
 */
function signedSums([first = 0, ...rest]: readonly number[]): number[] {
  let sums = [first];
  for (const value of rest) sums = sums.flatMap((s) => [s + value, s - value]);
  return sums;
}
