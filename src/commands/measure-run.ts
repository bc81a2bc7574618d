import type { ProfileWish } from '../analysis/profile/wish.ts';
import { launchProgress, type Tell } from '../campaign/progress.ts';
import { elapsedMsOf } from '../campaign/replay.ts';
import { runCampaign } from '../campaign/run.ts';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { EndRow } from '../model/ending.ts';
import type { HeaderRow, JournalRow } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { buildReport } from '../report/build.ts';
import { type Conceal, concealed } from '../store/conceal.ts';
import type { Journal, JournalWriter } from '../store/journal.ts';
import { readRun } from '../store/run-journals.ts';
import { summaryOf, writeSummary } from '../store/runs.ts';
import { campaignWorld } from './campaign-world.ts';
import type { Crews } from './crews.ts';
import type { RunCores } from './run-cores.ts';
import type { Endpoints } from './endpoints.ts';
import type { RunTrust } from './run-trust.ts';
import { continuing } from './shown-run.ts';
import type { World } from './world.ts';

/** Where a run is kept, whom it tells how far it is, and how far it may go. */
export interface RunOutput {
  readonly out: string;
  readonly tell: Tell;
  /** Whether other machines may take part: be sent to, or send. */
  readonly allowRemote: boolean;
  /** Which cells are explained by CPU profiles. */
  readonly profile: ProfileWish;
}

export interface RunOutcome {
  readonly report: Report;
  readonly journal: Journal;
  readonly folder: string;
  readonly interrupted: boolean;
}

interface Measuring {
  readonly header: HeaderRow;
  /** Rows that the journal has already; empty for a new run. */
  readonly stored: readonly JournalRow[];
  readonly journal: JournalWriter;
  /** As it is followed, with what the header leaves out. */
  readonly plan: Plan;
  readonly crews: Crews;
  readonly trust: RunTrust;
  readonly endpoints: Endpoints;
  /** That all processes carry. */
  readonly mark: string;
  readonly folder: string;
  /** Where the commands of the matrix begin their paths. */
  readonly cwd: string;
  readonly cores: RunCores;
  /** Of what the processes say. */
  readonly conceal: Conceal;
  readonly tell: Tell;
  readonly profile: ProfileWish;
}

/** Measures what is left of a run, and judges all of it. Whatever ends it, what was measured is on disk and the end is said. */
export async function measureRun(measuring: Measuring, world: World): Promise<RunOutcome> {
  const { header, folder } = measuring;
  writeSummary(folder, summaryOf(header, 'running', null));
  const end = await measured(measuring, world);
  const run = readRun(folder);
  const { journal } = run;
  const report = buildReport(run);
  writeSummary(folder, summaryOf(header, end.state, report.outcome));
  return { report, journal, folder, interrupted: end.state === 'interrupted' };
}

async function measured(measuring: Measuring, world: World): Promise<EndRow> {
  const { header, stored, journal, plan, crews, trust, endpoints } = measuring;
  const { mark, folder, cwd, cores, conceal, tell, profile } = measuring;
  const write = (row: JournalRow): void => journal.write(concealed(row, conceal));
  const aborted = (): void => {
    if (world.signal.aborted) throw new BenchFailure('interrupted', 'interrupted');
  };
  const ended = (state: EndRow['state'], reason: string): EndRow => {
    const row: EndRow = { kind: 'end', state, reason, endedAt: world.now().toISOString() };
    write(row);
    if (state !== 'complete' && header.origin !== null)
      world.stderr.write(`to continue it: ${continuing(folder, world.cwd)}\n`);
    return row;
  };
  try {
    const progress = launchProgress(tell, {
      ...{ now: world.monotonic, cells: plan.cells.length, measure: plan.measure },
      elapsedMs: elapsedMsOf(stored),
    });
    const about = { plan, mark, folder, cores: cores.plan, crews, trust, endpoints };
    const profiles = { conceal, profile, tell };
    const campaign = campaignWorld(
      { ...about, ...profiles, write, progress, aborted },
      { ...world, cwd },
    );
    await runCampaign(plan, stored, campaign);
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
