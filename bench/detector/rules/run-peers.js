/**
 * Rules of tools whose samples are whole runs: here launches. By the sources of the versions in the comments; rules/all.js says
 * in which order each tool collects. A tool that makes more runs by default than the launches that are scored gets these.
 */
import { median } from 'simple-statistics';
import { moments } from '../../../dist/stats/moments.js';
import { called, change, parts } from './called.js';
import { kolmogorovSmirnov, mannWhitneyExact, mannWhitneyNormal, pooledT, welch } from './tests.js';

const times = (arms) => arms.map(({ cost, work }) => cost / work);
const rates = (arms) => arms.map(({ cost, work }) => work / cost);
const armsOf = (views) => [views.map(({ a }) => a), views.map(({ b }) => b)];

/** golang/perf 712aea8, benchmath/anone.go: exact Mann–Whitney at 5 %; medians are what it shows. */
export function benchstat(views) {
  const [a, b] = armsOf(views).map(times);
  return called(mannWhitneyExact(a, b) < 0.05, change(median(a), median(b)), views.length);
}

/** nodejs/node benchmark/compare.R: t.test(rate ~ binary), which is Welch's; one star is p < 5 %. */
export function nodeCompare(views) {
  const [a, b] = armsOf(views).map((arms) => moments(rates(arms)));
  return called(welch(a, b).p < 0.05, change(b.mean, a.mean), views.length);
}

/** sharkdp/hyperfine 327d5f4, scripts/welch_ttest.py, on times. */
export function hyperfine(views) {
  const [a, b] = armsOf(views).map((arms) => moments(times(arms)));
  return called(welch(a, b).p < 0.05, change(a.mean, b.mean), views.length);
}

/** psf/pyperf ab7fd04, pyperf/_utils.py: t with pooled variance over all values, three of each process. */
export function pyperf(views) {
  const [a, b] = armsOf(views).map((arms) =>
    moments(arms.flatMap(({ samples }) => parts(samples, 3))),
  );
  return called(pooledT(a, b).p < 0.05, change(a.mean, b.mean), views.length);
}

/**
 * Chromium's Pinpoint (catapult 0bb22f6, dashboard/pinpoint/models/compare): the smaller p of Kolmogorov–Smirnov and
 * Mann–Whitney; up to 1 % is different, above a threshold that falls with the attempts the same, between
 * them more attempts are made. 10 attempts first; the threshold there, for a difference of one interquartile range, is
 * 0.5708 (thresholds.py). Then all launches that there are; it would take 20.
 */
export function pinpoint(views) {
  const first = pinpointP(views.slice(0, 10));
  if (first.p <= 0.01 || first.p > 0.5708 || views.length <= 10) {
    return called(first.p <= 0.01, first.change, Math.min(10, views.length));
  }
  const second = pinpointP(views);
  return called(second.p <= 0.01, second.change, views.length);
}

function pinpointP(views) {
  const [a, b] = armsOf(views).map(times);
  const p = Math.min(kolmogorovSmirnov(a, b).p, mannWhitneyNormal(a, b));
  return { p, change: change(moments(a).mean, moments(b).mean) };
}

/** benchmark-action/github-action-benchmark 1.22.0, src/write.ts: one value against the last one, by 200 %. */
export function githubAction([{ a, b }]) {
  const [before, now] = [a.cost / a.work, b.cost / b.work];
  return called(Math.max(now / before, before / now) > 2, change(before, now), 1);
}
