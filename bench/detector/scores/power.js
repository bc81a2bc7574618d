/** How a rule does on one metric of one cell: alarms where nothing changed, and changes seen by their size. */
import { withEffect } from '../data/launches.js';
import { draw } from '../data/trials.js';
import { agreement, fewestClusters, meanOf, percentiles, share, worthOf } from './shares.js';
import { randomFrom } from '../../../dist/stats/random.js';

/** Multiplied into the candidate; the larger ones are for rules that see nothing smaller. */
export const effects = [0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5];
const wanted = 0.8;

/**
 * Outcomes of trials by effect: `{ cluster, call, change, seconds }`. An effect that every trial sees is seen by every
 * trial when it is larger: these are not tried.
 */
export function outcomesBy(rule, { trial }, trials) {
  const byEffect = effects.map(() => []);
  const drawn = Array.from({ length: trials }, (_, index) => trial(draw(index)));
  for (const [at, effect] of effects.entries()) {
    const before = byEffect[at - 1];
    byEffect[at] = before?.every(({ call }) => call === 'worse')
      ? before.map((outcome) => ({
          ...outcome,
          change: ((1 + outcome.change) * (1 + effect)) / (1 + effects[at - 1]) - 1,
        }))
      : drawn.map(({ cluster, views }) => decided(rule, cluster, views, effect));
  }
  return byEffect;
}

function decided(rule, cluster, views, effect) {
  const changed = views.map((view) => withEffect(view, effect, rule.sliced));
  const { call, change, used } = rule.decide(changed);
  const seconds = views.slice(0, used).reduce((sum, view) => sum + view.seconds, 0);
  return { cluster, call, change, seconds };
}

const isSeen = ({ call }) => call === 'worse';

/** All figures of a rule from its outcomes. */
export function scored(byEffect, apart) {
  // Where all or none are seen, trials are taken for worth no more than at the effects in between.
  const usual = Math.min(...byEffect.map((outcomes) => worthOf(outcomes, isSeen) ?? Infinity));
  const known = Number.isFinite(usual) ? usual : apart;
  return {
    trials: byEffect[0].length,
    apart,
    alarms: share(byEffect[0], ({ call }) => call !== null, apart, known),
    power: byEffect.slice(1).map((outcomes, i) => ({
      effect: effects[i + 1],
      ...share(outcomes, isSeen, apart, known),
    })),
    smallest: smallestSeen(byEffect),
    agreement: [0, 0.01, 0.02, 0.05].map((effect) => ({
      effect,
      share: agreement(byEffect[effects.indexOf(effect)], ({ call }) => call),
    })),
    errors: [0.005, 0.01, 0.02].map((effect) =>
      errorsAt(byEffect[effects.indexOf(effect)], effect, apart),
    ),
  };
}

/** Of what is called at a true effect: how much of it goes the wrong way, and how far estimates are off. */
function errorsAt(outcomes, effect, apart) {
  const calls = outcomes.filter(({ call }) => call !== null);
  const worth = Math.max(1, (apart * calls.length) / outcomes.length);
  return {
    effect,
    called: calls.length,
    sign: share(calls, ({ call }) => call === 'better', worth),
    size: meanOf(calls.map(({ change }) => Math.abs(change) / effect)),
  };
}

/** The effect that 80 % of trials see, between those that were tried by a straight line; null beyond the largest. */
export function smallestSeen(byEffect) {
  const clusters = [...new Set(byEffect[0].map(({ cluster }) => cluster))];
  const counts = new Map(
    clusters.map((cluster) => [cluster, { trials: 0, hits: effects.map(() => 0) }]),
  );
  for (const [at, outcomes] of byEffect.entries()) {
    for (const { cluster, call } of outcomes) {
      const of = counts.get(cluster);
      if (at === 0) of.trials += 1;
      if (call === 'worse') of.hits[at] += 1;
    }
  }
  const over = (some) => {
    const trials = some.reduce((sum, of) => sum + of.trials, 0);
    return crossing(
      effects.map((_, at) => some.reduce((sum, of) => sum + of.hits[at], 0) / trials),
    );
  };
  const all = [...counts.values()];
  if (all.length < fewestClusters) return { effect: over(all), low: null, high: null };
  const random = randomFrom('smallest', all.length);
  const resamples = Array.from({ length: 200 }, () =>
    over(all.map(() => all[Math.floor(random() * all.length)])),
  );
  return {
    effect: over(all),
    ...percentiles(resamples.map((of) => of ?? Number.POSITIVE_INFINITY)),
  };
}

export function crossing(shares) {
  const above = shares.findIndex((of) => of >= wanted);
  if (above <= 0) return above === 0 ? 0 : null;
  const part = (wanted - shares[above - 1]) / (shares[above] - shares[above - 1]);
  return effects[above - 1] + part * (effects[above] - effects[above - 1]);
}
