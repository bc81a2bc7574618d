import path from 'node:path';
import { launchProgress, type Tell } from '../campaign/progress.ts';
import { declaredVersions, refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import { runCampaign } from '../campaign/run.ts';
import { assignCores, usableCores } from '../machine/cores.ts';
import { hasTaskset } from '../machine/files.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { Machine } from '../model/fingerprint.ts';
import {
  type EndRow,
  type HeaderRow,
  type JournalRow,
  journalSchemaVersion,
} from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { runtimeName } from '../model/settings.ts';
import { withValues } from '../model/variables.ts';
import { measuredEnvironment } from '../process/environment.ts';
import { startWatchdog } from '../process/watchdog.ts';
import { buildReport } from '../report/build.ts';
import { type Conceal, concealed, concealedError, concealing } from '../store/conceal.ts';
import { type Journal, openJournal } from '../store/journal.ts';
import { redacted } from '../store/redact.ts';
import { keepBaseline, readRun } from '../store/run-journals.ts';
import { createRunFolder, journalFile, type RunSummary, writeSummary } from '../store/runs.ts';
import { cacheFolder } from '../subject/cache.ts';
import { npmFor } from '../subject/npm.ts';
import { type PreparedArms, prepareSubjects } from '../subject/prepare.ts';
import { campaignWorld } from './campaign-world.ts';
import { expectations, shownRange } from './last-run.ts';
import { tool } from './package.ts';
import { runWarnings } from './run-warnings.ts';
import { shownCost } from './shown-cost.ts';
import type { World } from './world.ts';

export interface RunOutcome {
  readonly report: Report;
  readonly journal: Journal;
  readonly folder: string;
  readonly interrupted: boolean;
}

/** Prepares, measures and judges a plan, and keeps all of it in a folder of its own below `out`. */
export async function runPlan(
  plan: Plan,
  { out, tell }: { readonly out: string; readonly tell: Tell },
  world: World,
): Promise<RunOutcome> {
  refuseWhatEnginesCannot(plan, declaredVersions);
  const root = path.resolve(world.cwd, out);
  const id = runId(world.now(), plan.seed);
  const say = (text: string): void => tell({ kind: 'note', text });

  const conceal = concealing(plan, world.env);

  const watchdog = await startWatchdog(id);
  try {
    const prepared = await prepare(plan, id, say, world);
    refuseWhatEnginesCannot(plan, ({ id }, role) => {
      const arm = prepared[id]?.[role];
      const program = arm?.program.release?.version ?? null;
      return { runtime: arm?.fingerprint.node ?? '0', program };
    });
    const folder = createRunFolder(root, id);
    keepBaseline(plan, root, folder);
    say(`run ${id}: ${shownCost(plan)}, seed ${plan.seed}`);
    const machine = fingerprintMachine();
    const seen = shownRange(expectations(plan, machine, root));
    if (seen !== null) say(seen);
    const end = await measure({ plan, prepared, id, folder, machine, tell, conceal }, world);
    const run = readRun(folder);
    const { journal } = run;
    const report = buildReport(run);
    writeSummary(folder, summaryOf(journal.header, end.state, report.outcome));
    return { report, journal, folder, interrupted: end.state === 'interrupted' };
  } catch (error) {
    throw concealedError(error, conceal);
  } finally {
    watchdog.release();
  }
}

/** Sorts by time; the seed keeps two runs of one second apart. */
export const runId = (now: Date, seed: number): string =>
  `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${(seed >>> 0).toString(16).padStart(4, '0').slice(-4)}-${process.pid.toString(36)}`;

async function prepare(
  plan: Plan,
  id: string,
  say: (line: string) => void,
  world: World,
): Promise<PreparedArms> {
  const names = new Set(
    plan.cells.flatMap(({ arms }) =>
      [arms.baseline, arms.candidate].map((a) => runtimeName(a.client.runtime)),
    ),
  );
  say(`preparing ${[...names].join(', ')}`);
  return prepareSubjects(
    plan,
    {
      cache: cacheFolder(world.env),
      npm: npmFor(world.env, id),
      platform: process.platform,
      arch: process.arch,
      searchPath: world.env.PATH ?? '',
      unique: `${process.pid}.part`,
      progress: say,
    },
    (settings) => measuredEnvironment(world.env, id, withValues(settings, world.env).client.env),
  );
}

interface Measuring {
  readonly plan: Plan;
  readonly prepared: PreparedArms;
  readonly id: string;
  readonly folder: string;
  readonly machine: Machine;
  readonly tell: Tell;
  readonly conceal: Conceal;
}

/** Runs the campaign into the journal. Whatever ends it, what was measured is on disk and the end is said. */
async function measure(
  { plan, prepared, id, folder, machine, tell, conceal }: Measuring,
  world: World,
): Promise<EndRow> {
  const cores = usableCores();
  const canPin = cores.length > 1 && hasTaskset(world.env.PATH ?? '');
  const workers = Math.max(
    ...plan.cells.flatMap(({ arms }) => [
      arms.baseline.client.workers,
      arms.candidate.client.workers,
    ]),
  );
  const corePlan = assignCores(canPin ? cores : [], workers);
  const header: HeaderRow = {
    kind: 'header',
    schemaVersion: journalSchemaVersion,
    id,
    createdAt: world.now().toISOString(),
    tool,
    plan: redacted(plan),
    machine,
    fingerprints: Object.fromEntries(
      Object.entries(prepared).map(([cell, { baseline, candidate }]) => [
        cell,
        { baseline: baseline.fingerprint, candidate: candidate.fingerprint },
      ]),
    ),
    warnings: runWarnings(corePlan, canPin),
  };
  const journal = openJournal(journalFile(folder));
  const write = (row: JournalRow): void => journal.write(concealed(row, conceal));
  write(header);
  writeSummary(folder, summaryOf(header, 'running', null));
  const aborted = (): void => {
    if (world.signal.aborted) throw new BenchFailure('interrupted', 'interrupted');
  };
  const ended = (state: EndRow['state'], reason: string): EndRow => {
    const row: EndRow = { kind: 'end', state, reason, endedAt: world.now().toISOString() };
    write(row);
    return row;
  };
  try {
    const progress = launchProgress(tell, {
      ...{ now: world.monotonic, cells: plan.cells.length, measure: plan.measure },
    });
    const parts = { plan, id, folder, cores: corePlan, prepared, write, progress, aborted };
    await runCampaign(plan, await campaignWorld(parts, world));
    return ended('complete', '');
  } catch (error) {
    if (error instanceof BenchFailure && error.kind === 'interrupted') {
      return ended('interrupted', 'interrupted by the user');
    }
    ended('failed', messageOf(error));
    writeSummary(folder, summaryOf(header, 'failed', null));
    throw error;
  } finally {
    journal.close();
  }
}

export const summaryOf = (
  header: HeaderRow,
  state: string,
  outcome: string | null,
): RunSummary => ({
  schemaVersion: 1,
  id: header.id,
  createdAt: header.createdAt,
  matrix: header.plan.matrix.name,
  label: header.plan.label,
  baseline: header.plan.compare.baseline,
  candidate: header.plan.compare.candidate,
  state,
  outcome,
});
