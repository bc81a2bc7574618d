import path from 'node:path';
import { declaredVersions, refuseWhatEnginesCannot } from './campaign/refuse.ts';
import { comparisonCalled } from './commands/call.ts';
import type { CompareOptions, PlanOptions } from './commands/call-options.ts';
import { hostWorld } from './commands/host-world.ts';
import { judgeImported } from './commands/judge-imported.ts';
import { judgePlanned } from './commands/judge-planned.ts';
import { runsOption } from './commands/output-options.ts';
import { writeReports } from './commands/outputs.ts';

import { untold } from './commands/shown-progress.ts';
import { type StoredReport, storedReport } from './commands/stored-report.ts';
import type { World } from './commands/world.ts';
import { BenchFailure } from './model/failure.ts';
import type { Plan } from './model/plan.ts';
import { defaultFormats, type Format } from './report/format.ts';

export type { Progress } from './campaign/progress.ts';
export { defineMatrix, type Matrix, type MatrixExport } from './matrix/define.ts';
export type { MetricName } from './model/metrics.ts';
export type { Cell, Role } from './model/plan.ts';
export type {
  CellReport,
  Clause,
  Comparison,
  Interval,
  Outcome,
  Report,
  Verdict,
  WorkerFigures,
} from './model/report.ts';
export type { Warning } from './model/warning.ts';
export { BenchFailure };
export type { CompareOptions, Format, Plan, PlanOptions, StoredReport };

/** Results are what a function gives; nothing is printed. */
const silent = { write: () => {} };
const worldFor = (signal: AbortSignal): World =>
  hostWorld(process, { stdout: silent, stderr: silent }, signal);
const unending = (): AbortSignal => new AbortController().signal;

/**
 * What would run; runs nothing.
 * @throws BenchFailure `configuration`.
 */
export async function plan(options: PlanOptions): Promise<Plan> {
  const out = options.out ?? runsOption.default;
  const planned = await comparisonCalled(options, out, worldFor(unending()));
  if (planned.kind === 'imported')
    throw new BenchFailure(
      'configuration',
      'plan: both runs were imported, and nothing is measured. Judge them with compare.',
    );
  refuseWhatEnginesCannot(planned.plan, declaredVersions);
  return planned.plan;
}

let comparing = false;

/**
 * Measures both arms of every cell, judges, and stores the run: what `bench compare` does. What the gate says is
 * `report.outcome` and `report.exitCode`; a regression is a result and throws nothing.
 * @throws BenchFailure `configuration`; `unmeasurable`; `interrupted` where the signal came before anything was stored.
 */
export async function compare(options: CompareOptions): Promise<StoredReport> {
  if (comparing)
    throw new BenchFailure(
      'configuration',
      'compare: another comparison runs in this process, and each would disturb the other. Wait for it first.',
    );
  comparing = true;
  try {
    return await compareAlone(options);
  } finally {
    comparing = false;
  }
}

async function compareAlone(options: CompareOptions): Promise<StoredReport> {
  const { signal = unending(), onProgress: tell = untold, out = runsOption.default } = options;
  const output = {
    out,
    tell,
    allowRemote: options.allowRemote ?? false,
    profile: options.profile ?? 'guilty',
  };
  const world = worldFor(signal);
  const planned = await comparisonCalled(options, out, world);
  if (signal.aborted) throw new BenchFailure('interrupted', 'interrupted before anything ran');
  const { report, folder } =
    planned.kind === 'imported'
      ? judgeImported(planned, out, world)
      : await judgePlanned(planned, output, world);
  writeReports(report, folder, options.formats ?? defaultFormats, world.cwd);
  return { report, folder };
}

/**
 * What a stored run says; derived from its journal again, and nothing is written.
 * @param run its id, the start of one, its folder, or `latest`.
 * @throws BenchFailure `configuration` where there is no such run.
 */
export async function report(
  run: string,
  { out = runsOption.default }: { readonly out?: string | undefined } = {},
): Promise<StoredReport> {
  return storedReport(run, path.resolve(out));
}
