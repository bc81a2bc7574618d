import type { Argv } from 'yargs';
import { exitCodes } from '../model/failure.ts';
import { matrixSource } from './matrix-source.ts';
import { destinationFrom, type OutputArguments, outputOptions } from './output-options.ts';
import { deliver, wantsColour } from './outputs.ts';
import { type PlanArguments, withPlanOptions } from './plan-options.ts';
import { plannedComparison } from './planned-comparison.ts';
import { shownOn, untold } from './shown-progress.ts';
import type { World } from './world.ts';

export const compareOptions = (yargs: Argv) =>
  withPlanOptions(yargs).options({
    ...outputOptions,
    quiet: { type: 'boolean', default: false, describe: 'no progress on stderr' },
  });

interface CompareArguments extends PlanArguments, OutputArguments {
  readonly color: boolean;
  readonly quiet: boolean;
}

/** Measures both arms of every cell, or one against a stored run; judges, reports. @returns the exit code. */
export async function compare(args: CompareArguments, world: World): Promise<number> {
  const to = destinationFrom(args);
  const source = await matrixSource(args.matrix, world);
  const planned = plannedComparison(source, args, to.root, world);
  const tell = args.quiet ? untold : shownOn(world.stderr);
  // Loaded here: completions and help do without all that measures.
  const { judgePlanned } = await import('./judge-planned.ts');
  const { report, folder, interrupted } = await judgePlanned(
    planned,
    { out: to.root, tell },
    world,
  );
  deliver(report, folder, to, wantsColour(world, args.color), world);
  return interrupted ? exitCodes.interrupted : report.exitCode;
}
