/**
 * Figures over trials with their intervals. An outcome has the `cluster` (stretch of launches) that its trial drew from: trials
 * of one cluster share launches, so they count for less than independent ones.
 */
import { randomFrom } from '../../../dist/stats/random.js';
import { wilson } from './proportion.js';

/** What lies between fewer clusters says too little about their scatter. */
export const fewestClusters = 8;

function byCluster(outcomes) {
  const clusters = new Map();
  for (const outcome of outcomes) {
    const known = clusters.get(outcome.cluster);
    if (known === undefined) clusters.set(outcome.cluster, [outcome]);
    else known.push(outcome);
  }
  return [...clusters.values()];
}

/** Hits, and misses, that the scatter between clusters has to rest on. */
const fewestHits = 10;

/**
 * How many independent trials these are worth for a share p: p (1 − p) ÷ variance of p between clusters (Kish, Survey
 * Sampling, 1965, §8.2). Null where there are too few clusters, hits or misses to tell.
 */
export function worthOf(outcomes, isHit) {
  const clusters = byCluster(outcomes);
  const trials = outcomes.length;
  const hits = outcomes.filter(isHit).length;
  if (clusters.length < fewestClusters || Math.min(hits, trials - hits) < fewestHits) return null;
  const p = hits / trials;
  const between = clusters.reduce((sum, of) => {
    const beyond = of.filter(isHit).length - p * of.length;
    return sum + (beyond / trials) ** 2;
  }, 0);
  const variance = (between * clusters.length) / (clusters.length - 1);
  return Math.min(trials, (p * (1 - p)) / variance);
}

/**
 * A share of trials with its 95 % interval: Wilson's, for as many independent trials as these are worth, and at least for
 * the sets of launches that share nothing.
 * @param apart sets of launches without a common one in all the data
 * @param usual what such trials are worth where these cannot tell
 */
export function share(outcomes, isHit, apart, usual = apart) {
  const trials = outcomes.length;
  if (trials === 0) return { share: Number.NaN, low: 0, high: 1 };
  const p = outcomes.filter(isHit).length / trials;
  const effective = Math.min(trials, Math.max(worthOf(outcomes, isHit) ?? usual, apart, 1));
  return { share: p, ...wilson(p * effective, effective) };
}

const resamples = 200;

/**
 * A statistic of outcomes with its 95 % interval, by resampling whole clusters; null where there are too few.
 * @param statistic from outcomes to a number; NaN where there is none
 */
export function resampled(outcomes, statistic) {
  const clusters = byCluster(outcomes);
  if (clusters.length < fewestClusters)
    return { value: statistic(outcomes), low: null, high: null };
  const random = randomFrom('resample', outcomes.length, clusters.length);
  const pick = () => clusters[Math.floor(random() * clusters.length)];
  const values = Array.from({ length: resamples }, () =>
    statistic(Array.from(clusters, pick).flat()),
  );
  return { value: statistic(outcomes), ...percentiles(values) };
}

/** 2.5 and 97.5 % of the values that are numbers; null where more than a twentieth are not. */
export function percentiles(values) {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 || known.length < 0.95 * values.length
    ? { low: null, high: null }
    : { low: quantileOf(known, 0.025), high: quantileOf(known, 0.975) };
}

export const meanOf = (values) =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The smallest value that a share q of the values does not exceed. */
export function quantileOf(values, q) {
  if (values.length === 0) return Number.NaN;
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.max(0, Math.ceil(q * ascending.length) - 1)];
}

/**
 * How often two repetitions say the same: of all pairs of trials from different clusters, the share whose sayings are
 * alike. NaN with one cluster.
 */
export function agreement(outcomes, sayingOf) {
  const alike = (of) => {
    const counts = new Map();
    for (const outcome of of) {
      const saying = sayingOf(outcome);
      counts.set(saying, (counts.get(saying) ?? 0) + 1);
    }
    return [...counts.values()].reduce((sum, count) => sum + count ** 2, 0);
  };
  const clusters = byCluster(outcomes);
  const within = clusters.reduce((sum, of) => sum + alike(of), 0);
  const pairs = outcomes.length ** 2 - clusters.reduce((sum, of) => sum + of.length ** 2, 0);
  return pairs === 0 ? Number.NaN : (alike(outcomes) - within) / pairs;
}

export const quartiles = (values) => ({
  low: quantileOf(values, 0.25),
  median: quantileOf(values, 0.5),
  high: quantileOf(values, 0.75),
});
