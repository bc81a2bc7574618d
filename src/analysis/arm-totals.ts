import { decodeFromCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { type Counts, type Resolved, sumCounts } from '../model/counts.ts';
import type { SliceRow } from '../model/journal.ts';
import type { MetricName } from '../model/metrics.ts';
import type { Role } from '../model/plan.ts';
import { micros } from '../model/units.ts';
import type { MeasuredLaunch } from './launches.ts';
import { leads, readTargetCpu, type TargetReading } from './target-cpu.ts';

/** One worker's totals over the measured slices of a launch. */
export interface WorkerTotals {
  readonly worker: number;
  readonly requests: number;
  readonly wallUs: number;
  readonly cpuUs: number;
  /** The part of it that no others disturbed too much: what a rate is a ratio of. */
  readonly undisturbed: { readonly requests: number; readonly wallUs: number };
}

/**
 * One arm's totals in one launch: what every metric is a ratio of. Only rates leave disturbed blocks out: CPU is not
 * counted while others have the core, and periodic work such as garbage collection falls evenly on a launch but not on its
 * blocks. Latencies are one histogram per launch, which no block can be taken out of.
 */
export interface ArmTotals {
  readonly workers: readonly WorkerTotals[];
  readonly requests: number;
  readonly errors: number;
  /** Requests per second that paced load was to send; null where nothing was intended. */
  readonly intendedRate: number | null;
  /** Null where the engine does not count by slice. */
  readonly client: Counts | null;
  /** Null where the target does not count. */
  readonly target: Counts | null;
  /** Null where addresses are literal. */
  readonly resolver: Resolved | null;
  readonly clientCpuUs: number;
  /** Null where it could not be read. */
  readonly targetCpuUs: number | null;
  /** Null where both arms share the client. */
  readonly rssBytes: number | null;
  /** Null where the engine was paused. */
  readonly latency: Histogram | null;
}

const sum = (rows: readonly SliceRow[], of: (row: SliceRow) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

/** @param rejected numbers of the blocks that no rate contains. */
export function armTotals(
  launch: MeasuredLaunch,
  role: Role,
  rejected: ReadonlySet<number>,
  finest: TargetReading = 'slices',
): ArmTotals {
  const slices = launch.slices.filter((row) => row.role === role);
  const end = launch.finish.arms[role];
  // A program that was paused says at its end how many failed; they are few, or the cell is invalid.
  const untold =
    launch.opened.work.kind !== 'time'
      ? []
      : end.workers.flatMap(({ whole }) => whole?.program ?? []);
  return {
    workers: end.workers.map(({ worker }) => {
      const own = slices.filter((row) => row.worker === worker);
      const kept = own.filter(({ block }) => !rejected.has(block));
      return {
        worker,
        requests: sum(own, (row) => row.requests),
        wallUs: sum(own, (row) => row.wallUs),
        cpuUs: sum(own, (row) => row.clientCpuUs),
        undisturbed: {
          requests: sum(kept, (row) => row.requests),
          wallUs: sum(kept, (row) => row.wallUs),
        },
      };
    }),
    requests: sum(slices, (row) => row.requests),
    intendedRate: launch.opened.work.kind === 'windows' ? launch.opened.work.intendedRate : null,
    errors: sum(slices, (row) => row.errors) + sumCounts(untold).errors,
    client: slices.some(({ counts }) => counts === null)
      ? null
      : sumCounts(slices.flatMap(({ counts }) => counts ?? [])),
    target: targetCounts(slices),
    resolver: resolvedIn(slices),
    clientCpuUs: sum(slices, (row) => row.clientCpuUs),
    targetCpuUs: readTargetCpu(launch, finest).cpuUs[role],
    rssBytes: rssOf(end.workers.map(({ rssBytes }) => rssBytes)),
    latency: merged(end.workers.flatMap(({ latency }) => latency ?? [])),
  };
}

const rssOf = (workers: readonly (number | null)[]): number | null =>
  workers.reduce((total, rss) => (total === null || rss === null ? null : total + rss), 0);

function targetCounts(slices: readonly SliceRow[]): Counts | null {
  const counts = slices.filter(leads).map((row) => row.targetCounts);
  const known = counts.filter((some) => some !== null);
  return known.length === counts.length ? sumCounts(known) : null;
}

function resolvedIn(slices: readonly SliceRow[]): Resolved | null {
  const all = slices.flatMap(({ resolver }) => resolver ?? []);
  if (all.length === 0) return null;
  const queries = all.reduce((total, resolved) => total + resolved.queries, 0);
  return { queries, cpuUs: micros(all.reduce((total, { cpuUs }) => total + cpuUs, 0)) };
}

function merged(encoded: readonly string[]): Histogram | null {
  const [first, ...others] = encoded.map((text) => decodeFromCompressedBase64(text));
  if (first === undefined) return null;
  for (const other of others) first.add(other);
  return first;
}

/**
 * A metric of one arm in one launch: a ratio of totals, so that rare and expensive work counts in full.
 * Failed requests never enter a denominator. Null where nothing was measured.
 */
export function metricOf(metric: MetricName, arm: ArmTotals): number | null {
  const value = rawMetric(metric, arm);
  return value !== null && Number.isFinite(value) ? value : null;
}

/** Requests per second of one worker. */
export const rateOf = ({ undisturbed }: WorkerTotals): number =>
  undisturbed.requests / (undisturbed.wallUs / 1e6);

function rawMetric(metric: MetricName, arm: ArmTotals): number | null {
  switch (metric) {
    case 'cpuPerRequest':
      return arm.clientCpuUs / arm.requests;
    case 'targetCpuPerRequest':
      return arm.targetCpuUs === null ? null : arm.targetCpuUs / arm.requests;
    case 'rps':
      // Workers stop at different moments: each has a rate of its own, and the rates add up.
      return arm.workers.reduce((total, worker) => total + rateOf(worker), 0);
    case 'achievedRate': {
      const rate = rawMetric('rps', arm);
      return arm.intendedRate === null || rate === null ? null : rate / arm.intendedRate;
    }
    case 'latencyMean':
      return arm.latency?.mean ?? null;
    case 'latencyP50':
      return arm.latency?.getValueAtPercentile(50) ?? null;
    case 'latencyP90':
      return arm.latency?.getValueAtPercentile(90) ?? null;
    case 'latencyP95':
      return arm.latency?.getValueAtPercentile(95) ?? null;
    case 'latencyP99':
      return arm.latency?.getValueAtPercentile(99) ?? null;
    case 'errorRate':
      return arm.errors / (arm.errors + arm.requests);
    case 'rss':
      return arm.rssBytes;
  }
}
