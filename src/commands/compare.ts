import type { Argv } from 'yargs';
import { exitCodes } from '../model/failure.ts';
import { formatsFrom, outputOptions } from './output-options.ts';
import { deliver, wantsColour } from './outputs.ts';
import { type PlanArguments, planFrom, withPlanOptions } from './plan-options.ts';
import { runPlan } from './run-plan.ts';
import type { World } from './world.ts';

export const compareOptions = (yargs: Argv) =>
  withPlanOptions(yargs).options({
    ...outputOptions,
    quiet: { type: 'boolean', default: false, describe: 'no progress on stderr' },
  });

interface CompareArguments extends PlanArguments {
  readonly format: string;
  readonly out: string;
  readonly color: boolean;
  readonly quiet: boolean;
}

/** Measures both arms of every cell, judges, reports. @returns the exit code. */
export async function compare(args: CompareArguments, world: World): Promise<number> {
  const plan = planFrom(args, world);
  const wanted = formatsFrom(args.format);
  const { report, folder, interrupted } = await runPlan(plan, args, world);
  deliver(report, folder, wanted, wantsColour(world, args.color), world);
  return interrupted ? exitCodes.interrupted : report.exitCode;
}
