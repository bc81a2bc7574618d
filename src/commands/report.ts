import path from 'node:path';
import type { Argv } from 'yargs';
import { destinationFrom, type OutputArguments, outputOptions } from './output-options.ts';
import { deliver, wantsColour } from './outputs.ts';
import { storedReport } from './stored-report.ts';
import { rateOption } from '../matrix/capacity-wish.ts';
import { targetRateOption } from './plan-options.ts';
import type { World } from './world.ts';

export const reportOptions = (yargs: Argv) =>
  yargs
    .positional('run', {
      type: 'string',
      demandOption: true,
      describe: 'id, the start of one, a folder, or latest',
    })
    .options({ ...outputOptions, 'target-rate': targetRateOption });

interface ReportArguments extends OutputArguments {
  readonly run: string;
  readonly color: boolean;
  readonly 'target-rate'?: number | undefined;
}

/** Renders a stored run again from its journal; exits as the run did. */
export function report(args: ReportArguments, world: World): number {
  const to = destinationFrom(args);
  const rate = rateOption(args['target-rate'] ?? null);
  const stored = storedReport(args.run, path.resolve(world.cwd, to.root), rate);
  deliver(stored.report, stored.folder, to, wantsColour(world, args.color), world);
  return stored.report.exitCode;
}
