/**
 * Rules of tools whose samples are shorter than a run: here slices, or stretches of them. By the sources of the versions in the
 * comments; rules/all.js says in which order each tool collects.
 */
import { moments } from '../../../dist/stats/moments.js';
import { tQuantile } from '../../../dist/stats/student.js';
import { called, change, parts } from './called.js';
import { welch } from './tests.js';

/**
 * google/tachometer 705d648, src/stats.ts and src/runner.ts: 95 % interval of the relative difference of means, unpaired, t
 * with n − 1; 50 samples, then 10 more until it leaves out 0. A sample is a page that was loaded afresh: here a
 * slice, each from another launch than the one before, as 50 fresh pairs of processes would take longer than
 * its time-out of 3 minutes, within which 16 launches stay.
 */
export function tachometer(views) {
  const [a, b] = [running(), running()];
  const rounds = Math.min(
    ...views.map((view) => Math.min(view.a.samples.length, view.b.samples.length)),
  );
  let estimate = 0;
  for (let n = 1; n <= rounds * views.length; n += 1) {
    const view = views[(n - 1) % views.length];
    const at = Math.floor((n - 1) / views.length);
    a.add(view.a.samples[at]);
    b.add(view.b.samples[at]);
    if (n < 50 || n % 10 !== 0) continue;
    const [ma, mb] = [a.mean(), b.mean()];
    estimate = change(ma, mb);
    const variance = ((a.variance() / n) * mb ** 2 + (b.variance() / n) * ma ** 2) / ma ** 4;
    if (Math.abs(estimate) > quantile(n - 1) * Math.sqrt(variance)) {
      return called(true, estimate, views.length);
    }
  }
  return called(false, estimate, views.length);
}

/** Mean and variance of what was added so far (Welford, Technometrics 4, 1962, 419–420). */
function running() {
  let [n, mean, squares] = [0, 0, 0];
  return {
    add: (value) => {
      n += 1;
      const from = value - mean;
      mean += from / n;
      squares += from * (value - mean);
    },
    mean: () => mean,
    variance: () => squares / (n - 1),
  };
}

const quantiles = new Map();
function quantile(df) {
  const known = quantiles.get(df) ?? tQuantile(0.975, df);
  quantiles.set(df, known);
  return known;
}

/** bazhenov/tango 4b00d95, tango-bench/src/lib.rs: z of the differences of samples taken in lock-step, and more than 1 %. */
export function tango([{ a, b }]) {
  const n = Math.min(a.samples.length, b.samples.length);
  const differences = Array.from({ length: n }, (_, i) => b.samples[i] - a.samples[i]);
  const { mean, sd } = moments(differences);
  const relative = mean / moments(a.samples).mean;
  return called(
    Math.abs(mean / (sd / Math.sqrt(n))) >= 2.6 && Math.abs(relative) > 0.01,
    relative,
    1,
  );
}

/**
 * criterion-rs d3f1046, src/analysis/compare.rs and src/report.rs: 100 samples; t test at 5 %, and the interval of the relative change
 * wholly beyond ±1 %. Its two bootstraps are replaced by Welch's t and the normal interval.
 */
export function criterion([{ a, b }]) {
  const [x, y] = [a, b].map(({ samples }) => moments(parts(samples, 100)));
  const { p, se } = welch(x, y);
  const estimate = change(x.mean, y.mean);
  const beyond = Math.abs(estimate) - (1.96 * se) / x.mean > 0.01;
  return called(p < 0.05 && beyond, estimate, 1);
}

/**
 * mcollina/autocannon-compare 0.4.0 (c364d72), compare.js: Welch at 10 % on mean, standard deviation and n = seconds of the rates per
 * second, and more than 5 % of difference. Ten seconds each by default: ten parts. Its standard deviation is
 * that of a histogram, with n below the line.
 */
export function autocannonCompare([{ a, b }]) {
  const [x, y] = [a, b].map(({ samples }) => {
    const { n, mean, sd } = moments(parts(samples, 10).map((time) => 1 / time));
    return { n, mean, sd: sd * Math.sqrt((n - 1) / n) };
  });
  const difference = change(y.mean, x.mean);
  return called(welch(x, y).p < 0.1 && Math.abs(difference) > 0.05, difference, 1);
}
