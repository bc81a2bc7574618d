import path from 'node:path';
import type { Argv } from 'yargs';
import { declaredVersions, refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { runtimeName } from '../model/settings.ts';
import { expectations, shownForesight } from './last-run.ts';
import { runsFolder, runsOption } from './output-options.ts';
import { type PlanArguments, planFrom, withPlanOptions } from './plan-options.ts';
import { shownCost } from './shown-cost.ts';
import type { World } from './world.ts';

export const planCommandOptions = (yargs: Argv) =>
  withPlanOptions(yargs).options({ out: runsOption });

/** What would run and what it could see; runs nothing. */
export async function plan(
  args: PlanArguments & { readonly out: string },
  world: World,
): Promise<number> {
  const root = path.resolve(world.cwd, runsFolder(args.out));
  const planned = await planFrom(args, world);
  refuseWhatEnginesCannot(planned, declaredVersions);
  const foreseen = expectations(planned, fingerprintMachine(), root);
  const { baseline, candidate } = planned.cells[0].arms;
  const lines = [
    `${planned.matrix.name}: ${planned.compare.candidate} against ${planned.compare.baseline} (${planned.compare.side} under test)`,
    `  baseline   ${runtimeName(baseline.client.runtime)}`,
    `  candidate  ${runtimeName(candidate.client.runtime)}`,
    `  ${shownCost(planned)}, seed ${planned.seed}`,
    ...planned.cells.flatMap(({ id }) => [
      `  ${id}`,
      ...foreseen.filter(({ cell }) => cell === id).map((line) => `    ${shownForesight(line)}`),
    ]),
    foreseen.length === 0
      ? '  what it could see is unknown until this matrix has run here once'
      : '  sees: with 80 % power, by the noise of the last run here and the launches that the budget has room for',
  ];
  world.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
