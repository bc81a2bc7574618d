/** What the figures are of, in words; the page and the tables begin with it. */
import { looks } from '../rules/defaults.js';
import { effects } from '../scores/power.js';

/** @returns {string[]} paragraphs */
export function introduction({ trials, runs, comparisons }) {
  const of = (order) => runs.filter((run) => run.order === order);
  const count = (some) => some.reduce((sum, { launches }) => sum + launches, 0);
  const interleaved = of('interleaved');
  const inSequence = of('in-sequence');
  const sliced = interleaved.filter((run) => run.sliced > 0);
  const dates = [
    ...new Set(runs.map(({ run }) => run.replace('in-sequence-', '').slice(0, 8))),
  ].sort();
  return [
    `The same version on both sides, as two installs: ${count(interleaved)} interleaved launches of ${interleaved.length} runs of bench compare${
      sliced.length < interleaved.length ? `, ${sliced.length} of them with their slices` : ''
    }${
      inSequence.length === 0 ? '' : `, and ${count(inSequence)} pairs of one arm after the other`
    } (${[...new Set([dates.at(0), dates.at(-1)])].map(dashed).join(' to ')}). data.json has the digests of the journals.`,
    `A trial draws ${looks.at(-1)} launches that follow each other and lets a coin decide for each which arm is the candidate; an effect of ${100 * effects[1]} to ${100 * effects.at(-1)} % is multiplied into it. ${trials} trials for each figure. They share launches: intervals (95 %) are as wide as for the independent trials that they are worth, or by resampling whole stretches of launches. One comparison at 5 %, margin 0, unless said otherwise.`,
    `Peers' rules are tried on our interleaved launches, and those that collect otherwise on data in their own order too${
      inSequence.length === 0 ? ' (not yet: there are none of these data)' : ''
    }: a run of one side and then of the other (node compare.R, Pinpoint, criterion, autocannon-compare), or all of one side and then all of the other (benchstat, hyperfine, pyperf, github-action-benchmark). A tachometer sample is a slice, each from another launch than the one before. criterion's bootstraps are replaced by Welch's t and the normal interval. What a rule is, by which source, is said in bench/detector/rules.`,
    comparisons.length === 0 ? '' : 'Effects that were injected for real are scored elsewhere.',
  ].filter((paragraph) => paragraph !== '');
}

const dashed = (date) => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
