import {
  type FileRow,
  type ForeignProgram,
  type LatencyName,
  latencyNames,
} from '../model/imported.ts';
import { type MetricName, metricNames } from '../model/metrics.ts';
import { type ByRole, type Gate, roles } from '../model/plan.ts';
import type { Comparison, LimitReport, Verdict } from '../model/report.ts';
import { holm } from '../stats/holm.ts';
import { judge, rawP } from './compare.ts';
import { foreignLatency } from './foreign-latency.ts';
import { failing } from './invalid.ts';
import { gatesOnErrors, worst } from './judge-matrix.ts';
import type { UnpairedObserved } from './observed.ts';

/** What was imported for one arm: each file is a launch. */
export interface ImportedArm {
  readonly program: ForeignProgram;
  readonly files: readonly FileRow[];
}

export interface JudgedImport {
  readonly verdict: Verdict;
  /** Why nothing can be compared; null where it can. */
  readonly invalid: string | null;
  readonly metrics: readonly Comparison[];
  readonly limits: readonly LimitReport[];
  /** Comparisons that the error rate is shared by. */
  readonly family: number;
}

/** By Welch's t over files, as two runs of ours are over launches. */
export function judgeImported(arms: ByRole<ImportedArm>, gate: Gate): JudgedImport {
  const observed = observeImported(arms, gate);
  const invalid = failing(
    arms.baseline.files.map(({ requests, failures }) => ({ requests, errors: failures })),
  );
  const family = observed.flatMap((each) => {
    const p = each.gating ? rawP(each) : null;
    return p === null ? [] : [{ each, p }];
  });
  const corrections = holm(
    family.map(({ p }) => p),
    gate.alpha,
  );
  const corrected = new Map(family.map(({ each }, index) => [each, corrections[index] ?? null]));
  const metrics = observed.map((each) =>
    gatesOnErrors(judge(each, corrected.get(each) ?? null, gate)),
  );
  if (invalid === null)
    return { verdict: worst(metrics), invalid, metrics, limits: [], family: family.length };
  return {
    ...{ verdict: 'invalid', invalid, limits: [], family: 0 },
    metrics: metrics.map((metric) => ({ ...metric, verdict: 'invalid' as const })),
  };
}

/** What one arm comes to where there is nothing to compare it with. */
export function valuesAlone(arm: ImportedArm, gate: Gate): JudgedImport {
  const arms = { baseline: { ...arm, files: [] }, candidate: arm };
  const metrics = observeImported(arms, gate).map((each) => ({
    ...judge(each, null, gate),
    ...{ baseline: null, verdict: 'inconclusive' as const },
  }));
  return { verdict: 'inconclusive', invalid: null, metrics, limits: [], family: 0 };
}

/** Each metric that all files of both arms have. The rate gates, and the first latency that is fine enough for its margin. */
function observeImported(arms: ByRole<ImportedArm>, gate: Gate): UnpairedObserved[] {
  const shared = metricNames.flatMap((metric) => {
    const [baseline, candidate] = [
      valuesOf(metric, arms.baseline),
      valuesOf(metric, arms.candidate),
    ];
    return baseline === null || candidate === null ? [] : [{ metric, baseline, candidate }];
  });
  const isFine = (metric: MetricName): boolean => !isCoarse(metric, arms, gate);
  const latency = latencyNames.find(
    (name) => isFine(name) && shared.some(({ metric }) => metric === name),
  );
  return shared
    .filter(({ metric }) => !isLatency(metric) || arms.baseline.program === arms.candidate.program)
    .map(({ metric, baseline, candidate }) => ({
      ...{ kind: 'unpaired', metric, baseline, candidate },
      gating: metric === 'rps' || metric === latency,
      // Of steps no change is told: they fall from one to the next all at once.
      logs: isFine(metric)
        ? { baseline: baseline.map(Math.log), candidate: candidate.map(Math.log) }
        : { baseline: [], candidate: [] },
    }));
}

const isLatency = (metric: MetricName): metric is LatencyName =>
  latencyNames.some((name) => name === metric);

/** Null where a file does not have it. */
function valuesOf(metric: MetricName, { files }: ImportedArm): readonly number[] | null {
  const values = files.map((file) => metricOf(metric, file));
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

function metricOf(metric: MetricName, file: FileRow): number | null {
  if (isLatency(metric)) return file.latency[metric];
  if (metric === 'rps') return file.requests / file.seconds;
  if (metric === 'errorRate') return file.failures / (file.requests + file.failures);
  return null;
}

/** Whether the steps in which a program tells a latency are wider than its margin. */
export const isCoarse = (metric: MetricName, arms: ByRole<ImportedArm>, gate: Gate): boolean =>
  isLatency(metric) &&
  roles.some((role) => {
    const { program, files } = arms[role];
    return files.some(({ latency: { [metric]: us } }) => {
      return us !== null && foreignLatency[program].step(metric, us) / us > gate.margins[metric];
    });
  });
