/** Whether the tool's intervals hold the true change, and how its estimates lie to it; and the bias of A/A runs. */
import { meanInterval } from '../../../dist/stats/interval.js';
import { sequentialTest } from '../../../dist/stats/sequential.js';
import { logChange } from '../data/launches.js';
import { draw } from '../data/trials.js';
import { alpha, looks } from '../rules/defaults.js';
import { ownRules } from '../rules/own.js';
import { meanOf, resampled, share } from './shares.js';

const most = looks.at(-1);
const truths = [0, 0.02, 0.05];
const [atLooks] = ownRules;

export function estimates(source, trials) {
  const from = source.trialsFor(atLooks);
  const all = source.lines.map((line) => logChange(source.viewed(line).views[0]));
  if (from === null || all.length < 2) return null;
  const sets = Array.from({ length: Math.max(1000, trials) }, (_, index) => {
    const { cluster, views } = from.trial(draw(index));
    return { cluster, changes: views.map(logChange) };
  });
  const bias = meanInterval(all, 0.99);
  return {
    bias: { mean: Math.expm1(bias.mean), low: Math.expm1(bias.low), high: Math.expm1(bias.high) },
    sd: bias.sd,
    asMeasured: asMeasured(source),
    sets: sets.length,
    fixed: share(sets, ({ changes }) => holds(meanInterval(changes, 1 - alpha), 0), from.apart),
    repeated: truths.map((truth) => repeatedAt(sets, truth, from.apart)),
  };
}

/** Each stretch once, with the roles that its arms had: no coin, and nothing drawn. */
function asMeasured(source) {
  const stretches = source.stretches(false, most);
  const calls = stretches.filter(
    (of) => atLooks.decide(of.slice(0, most).map(({ views }) => views[0])).call !== null,
  );
  return { stretches: stretches.length, calls: calls.length };
}

const holds = ({ low, high }, value) => low <= value && value <= high;

/** Of sets of launches that stop at the look that proves a change, as the tool's do. */
function repeatedAt(sets, truth, apart) {
  const shift = Math.log1p(truth);
  const stopped = sets.map(({ cluster, changes }) => ({
    cluster,
    ...intervalAtStop(changes.map((change) => change + shift)),
  }));
  return {
    truth,
    holds: share(stopped, (interval) => holds(interval, shift), apart),
    // Of no change there is no multiple.
    ratio:
      truth === 0
        ? null
        : resampled(stopped, (of) => meanOf(of.map(({ mean }) => Math.expm1(mean) / truth))),
    launches: meanOf(stopped.map(({ n }) => n)),
  };
}

/** The tool's interval at the first look where it leaves out 0, else at the last. */
function intervalAtStop(changes) {
  for (const [index, n] of looks.entries()) {
    const final = n === most;
    const test = sequentialTest({ launches: looks.slice(0, index + 1), most, final });
    const interval = meanInterval(changes.slice(0, n), 1 - test.levelAt(alpha));
    if (final || !holds(interval, 0)) return interval;
  }
}
