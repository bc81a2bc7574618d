/**
 * Decision rules as functions of the same launches. A launch is `{ a, b }`: for each arm its blocks as
 * `{ cost, work }`, whose ratio of totals is the metric; smaller is better. A rule says 'worse', 'better' or
 * null (nothing is called). What the peers do is in shared/reference/detection.md §1, by their sources.
 */
import { meanInterval, oneSampleT } from '../../dist/stats/interval.js';
import { moments } from '../../dist/stats/moments.js';
import { sequentialTest } from '../../dist/stats/sequential.js';
import { tTwoSidedP } from '../../dist/stats/student.js';
import { trimmedMean } from '../../dist/stats/trimmed.js';

const ratio = (blocks) =>
  blocks.reduce((sum, { cost }) => sum + cost, 0) / blocks.reduce((sum, { work }) => sum + work, 0);
const logChange = ({ a, b }) => Math.log(ratio(b) / ratio(a));
const blockChanges = ({ a, b }) => a.map((block, i) => Math.log(ratio([b[i]]) / ratio([block])));
const called = (proven, change) => (proven ? (change > 0 ? 'worse' : 'better') : null);
const mean = (values) => moments(values).mean;

/** Welch's t test of two samples: p, and the relative change of the means. */
function welch(x, y) {
  const [p, q] = [moments(x), moments(y)];
  const [vp, vq] = [p.sd ** 2 / p.n, q.sd ** 2 / q.n];
  const df = (vp + vq) ** 2 / (vp ** 2 / (p.n - 1) + vq ** 2 / (q.n - 1));
  const t = (q.mean - p.mean) / Math.sqrt(vp + vq);
  return {
    p: tTwoSidedP(t, df),
    change: q.mean / p.mean - 1,
    half: (1.96 * Math.sqrt(vp + vq)) / p.mean,
  };
}

/** Mann–Whitney by its normal approximation with continuity; ties do not occur in these figures. */
function mannWhitney(x, y) {
  const u = y.reduce((sum, b) => sum + x.filter((a) => a < b).length, 0);
  const middle = (x.length * y.length) / 2;
  const sd = Math.sqrt((x.length * y.length * (x.length + y.length + 1)) / 12);
  const z = Math.max(0, Math.abs(u - middle) - 0.5) / sd;
  return { p: tTwoSidedP(z, 1e5), change: mean(y) / mean(x) - 1 };
}

/** One version after the other, as tools do that do not interleave: the first half of the time, and the second. */
const inSequence = (launches) => {
  const half = launches.length / 2;
  return {
    a: launches.slice(0, half).map(({ a }) => a),
    b: launches.slice(half).map(({ b }) => b),
  };
};
const bySlice = (blocks) => blocks.map((block) => ratio([block]));

const schedule = [6, 8, 10, 12, 16];
const tests = schedule.map((_, i) =>
  sequentialTest({
    launches: schedule.slice(0, i + 1),
    most: 16,
    final: i === schedule.length - 1,
  }),
);

/** @returns {{ call: string | null, launches: number }} */
export function ours(launches, alpha = 0.05) {
  const changes = launches.map(logChange);
  const ps = [];
  for (const [i, n] of schedule.entries()) {
    ps.push(oneSampleT(changes.slice(0, n)).p);
    const proven = tests[i].repeatedP(ps) < alpha;
    if (proven || i === schedule.length - 1)
      return { call: called(proven, mean(changes.slice(0, n))), launches: n };
  }
}

const onLaunches = (changes, alpha = 0.05) => called(oneSampleT(changes).p < alpha, mean(changes));

export const rules = {
  'bench: looks at 6 … 16 launches': (launches) => ours(launches).call,
  'bench: one look at 16': (launches) => onLaunches(launches.map(logChange)),
  'ablation: looks without spending': (launches) => {
    const changes = launches.map(logChange);
    const n = schedule.find((of) => oneSampleT(changes.slice(0, of)).p < 0.05);
    return n === undefined ? null : called(true, mean(changes.slice(0, n)));
  },
  'ablation: trimmed block means per launch': (launches) =>
    onLaunches(launches.map((launch) => trimmedMean(blockChanges(launch)))),
  'ablation: blocks of all launches as independent': (launches) =>
    onLaunches(launches.flatMap(blockChanges)),
  'ablation: blocks of one launch as independent': ([launch]) => onLaunches(blockChanges(launch)),
  'tango: pairs of one launch, z ≥ 2.6 and > 1 %': ([launch]) => {
    const changes = blockChanges(launch);
    const { n, mean: change, sd } = moments(changes);
    return called(Math.abs(change) / (sd / Math.sqrt(n)) >= 2.6 && Math.abs(change) > 0.01, change);
  },
  'node compare.R: Welch over launches': (launches) => {
    const { p, change } = welch(
      launches.map(({ a }) => ratio(a)),
      launches.map(({ b }) => ratio(b)),
    );
    return called(p < 0.05, change);
  },
  'benchstat: Mann–Whitney over launches': (launches) => {
    const { p, change } = mannWhitney(
      launches.map(({ a }) => ratio(a)),
      launches.map(({ b }) => ratio(b)),
    );
    return called(p < 0.05, change);
  },
  'hyperfine: Welch over launches, in sequence': (launches) => {
    const { a, b } = inSequence(launches);
    const { p, change } = welch(a.map(ratio), b.map(ratio));
    return called(p < 0.05, change);
  },
  'criterion: Welch over slices in sequence, beyond 1 %': (launches) => {
    const { a, b } = inSequence(launches);
    const { p, change, half } = welch(a.flatMap(bySlice), b.flatMap(bySlice));
    return called(p < 0.05 && Math.abs(change) - half > 0.01, change);
  },
  'autocannon-compare: Welch 10 % over slices in sequence, > 5 %': (launches) => {
    const { a, b } = inSequence(launches);
    const { p, change } = welch(a.flatMap(bySlice), b.flatMap(bySlice));
    return called(p < 0.1 && Math.abs(change) > 0.05, change);
  },
  'github-action-benchmark: one value against one, > 200 %': (launches) => {
    const { a, b } = inSequence(launches);
    const [first, second] = [ratio(a.flat()), ratio(b.flat())];
    return called(Math.max(second / first, first / second) > 2, second - first);
  },
};

/** Half-width of the fixed 95 % interval over all launches, and whether it holds the true change. */
export function interval(launches, truth) {
  const { low, high, mean: estimate } = meanInterval(launches.map(logChange), 0.95);
  return { holds: low <= truth && truth <= high, estimate };
}
