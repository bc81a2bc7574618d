import path from 'node:path';
import type { Argv } from 'yargs';
import { declaredVersion, refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import type { Plan } from '../model/plan.ts';
import { runtimeName } from '../model/settings.ts';
import { buildReport } from '../report/build.ts';
import { readJournal } from '../store/journal.ts';
import { journalFile, listRuns } from '../store/runs.ts';
import { outputOptions } from './output-options.ts';
import { type PlanArguments, planFrom, withPlanOptions } from './plan-options.ts';
import { shownCost } from './shown-cost.ts';
import type { World } from './world.ts';

export const planCommandOptions = (yargs: Argv) =>
  withPlanOptions(yargs).options({ out: outputOptions.out });

/** What would run and what it could see; runs nothing. */
export function plan(args: PlanArguments & { readonly out: string }, world: World): number {
  const planned = planFrom(args, world);
  refuseWhatEnginesCannot(planned, declaredVersion);
  const seen = lastDetectable(planned, path.resolve(world.cwd, args.out));
  const { baseline, candidate } = planned.cells[0].arms;
  const lines = [
    `${planned.matrix.name}: ${planned.compare.candidate} against ${planned.compare.baseline} (${planned.compare.side} under test)`,
    `  baseline   ${runtimeName(baseline.client.runtime)}`,
    `  candidate  ${runtimeName(candidate.client.runtime)}`,
    `  ${shownCost(planned)}, seed ${planned.seed}`,
    ...planned.cells.map(
      ({ id }) => `  ${id}${seen.has(id) ? `   detectable: ${seen.get(id)}` : ''}`,
    ),
    seen.size === 0
      ? '  smallest detectable effect: unknown until this matrix has run here once'
      : '  detectable: what the last run of this matrix here would have seen with 80 % power',
  ];
  world.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** From the newest stored run of the same matrix with the same looks: measured, or not said. */
function lastDetectable(planned: Plan, root: string): Map<string, string> {
  for (const run of listRuns(root)) {
    if (run.matrix !== planned.matrix.name || run.state !== 'complete') continue;
    const { header, rows } = readJournal(journalFile(path.join(root, run.id)));
    if (String(header.plan.measure.looks) !== String(planned.measure.looks)) continue;
    const shown = buildReport(header, rows).cells.map(({ id, metrics }) => {
      const gating = metrics.filter(({ gating, detectable }) => gating && detectable !== null);
      const words = gating.map((m) => `${m.metric} ${((m.detectable ?? 0) * 100).toFixed(1)} %`);
      return [id, words.join(', ')] as const;
    });
    return new Map(shown.filter(([, words]) => words !== ''));
  }
  return new Map();
}
