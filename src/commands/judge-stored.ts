import path from 'node:path';
import { judgedHeader, type KeptRun } from '../campaign/unpaired.ts';
import type { Plan } from '../model/plan.ts';
import { buildReport } from '../report/build.ts';
import { openJournal } from '../store/journal.ts';
import { keepBaseline, readRun } from '../store/run-journals.ts';
import { createRunFolder, journalFile, summaryOf, writeSummary } from '../store/runs.ts';
import type { RunOutcome } from './measure-run.ts';
import { runId } from './run-id.ts';
import type { World } from './world.ts';

/** Judges two stored runs in a folder of its own, which holds what both measured. */
export function judgeStored(plan: Plan, candidate: KeptRun, out: string, world: World): RunOutcome {
  const root = path.resolve(world.cwd, out);
  const now = world.now();
  const header = judgedHeader(candidate, {
    ...{ id: runId(now, plan.seed), createdAt: now.toISOString(), plan },
  });
  const folder = createRunFolder(root, header.id);
  keepBaseline(plan, root, folder);
  const journal = openJournal(journalFile(folder));
  journal.write(header);
  for (const row of candidate.journal.rows) if (row.kind !== 'header') journal.write(row);
  journal.close();
  const run = readRun(folder);
  const report = buildReport(run);
  writeSummary(folder, summaryOf(header, report.state, report.outcome));
  return { report, journal: run.journal, folder, interrupted: false };
}
