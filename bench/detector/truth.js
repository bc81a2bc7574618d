/**
 * The true effect of an injection in a cell, from what the preloads counted (inject/counted.cjs) and how long their
 * spins lasted by the clock (inject/spin.cjs). Of the tool's meters only the baseline's is in it, as what the
 * effect is relative to.
 */
import { armTotals, metricOf } from '../../dist/analysis/arm-totals.js';
import { launchesOf } from '../../dist/analysis/launches.js';

const parts = ['client', 'target'];
const roles = ['baseline', 'candidate'];
const sum = (values) => values.reduce((a, b) => a + b, 0);
const sent = ({ requests, errors }) => requests + errors;

/** Whether every preload of every process saw each request exactly once, by the tool's own counts. */
export function firedOncePerRequest(cell, { rows, countedBy }) {
  return launchesOf(cell, rows).every((launch) =>
    parts.every((part) => {
      const hooked = (of) =>
        sum(of.flatMap((role) => countsOf(launch, role, part, countedBy)).map((c) => c.requests));
      const did = (role) =>
        sent(launch.opened.opened[role][part]) + sum(measuredBy(launch, role, part));
      // A client that both arms share has one count for both.
      return isShared(launch, part)
        ? hooked(['baseline']) === sum(roles.map(did))
        : roles.every((role) => hooked([role]) === did(role));
    }),
  );
}

const isShared = ({ opened }, part) => {
  const pids = opened.processes.filter((of) => of.part === part).map(({ pid }) => pid);
  return new Set(pids).size < pids.length;
};

/** As a relative change of a metric in µs per request, over launches as the tool takes them: by geometric means. */
export function trueEffect(cell, metric, { rows, countedBy }) {
  const part = metric === 'targetCpuPerRequest' ? 'target' : 'client';
  const logs = launchesOf(cell, rows).map((launch) => {
    const base = metricOf(metric, armTotals(launch, 'baseline', new Set()));
    const perRequest = (role) =>
      injectedUs(launch, role, part, countedBy) / sum(measuredBy(launch, role, part));
    return Math.log1p((perRequest('candidate') - perRequest('baseline')) / base);
  });
  return Math.expm1(sum(logs) / logs.length);
}

/**
 * How often another process took the core of this end, per 1,000 requests. An arm that works longer is put aside more
 * often, and comes back to cold caches. On a crowded machine (load 6 on 2 cores; 35 times in the candidate, 25 in
 * the baseline) the measured effect was 1.3 to 1.8 times the true one, which says nothing of the meters.
 */
export function preemptedPer1000(cell, part, { rows, countedBy }) {
  const all = launchesOf(cell, rows).flatMap((launch) =>
    countsOf(launch, 'candidate', part, countedBy),
  );
  return (
    (1000 * sum(all.map(({ preempted }) => preempted))) / sum(all.map(({ requests }) => requests))
  );
}

/** Within the measured slices: a burst that fell into the warm-up is not there. */
function injectedUs(launch, role, part, countedBy) {
  const measured = measuredBy(launch, role, part);
  const all = countsOf(launch, role, part, countedBy);
  return sum(
    all.map(({ requests, injected, every, usEach }, worker) => {
      const warm = requests - measured[worker];
      const hits = injected === 0 ? 0 : injected - Math.floor(warm / every);
      return hits === 0 ? 0 : hits * usEach;
    }),
  );
}

const countsOf = ({ opened }, role, part, countedBy) =>
  opened.processes
    .filter((process) => process.role === role && process.part === part)
    .map(({ pid }) => countedBy(pid));

/** Requests in measured slices, for each worker; the target has them all. */
function measuredBy({ slices }, role, part) {
  const own = slices.filter((row) => row.role === role);
  if (part === 'target') return [sum(own.map((row) => row.targetCounts?.requests ?? 0))];
  const workers = [...new Set(own.map(({ worker }) => worker))].sort((a, b) => a - b);
  return workers.map((worker) => sum(own.filter((row) => row.worker === worker).map(sent)));
}
