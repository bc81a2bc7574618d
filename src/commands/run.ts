import type { Argv } from 'yargs';
import { declaredVersions, refuseWhatEnginesCannot } from '../campaign/refuse.ts';
import { comparedVariants } from '../matrix/file.ts';
import { BenchFailure, exitCodes } from '../model/failure.ts';
import { requireLabel, shownReference } from '../store/labels.ts';
import { type MatrixSource, matrixSource } from './matrix-source.ts';
import {
  destinationFrom,
  type OutputArguments,
  outputOptions,
  type RunningArguments,
  runningOptions,
} from './output-options.ts';
import { deliver, wantsColour } from './outputs.ts';
import { type MeasuringArguments, measuringFrom, withMeasuringOptions } from './plan-options.ts';
import { type Planned, planned } from './planned.ts';
import { shownOn, untold } from './shown-progress.ts';
import type { World } from './world.ts';

export const runOptions = (yargs: Argv) =>
  withMeasuringOptions(yargs).options({
    label: {
      type: 'string',
      demandOption: true,
      describe: 'a name such as before; `compare --baseline run:before` judges against it',
    },
    variant: {
      type: 'string',
      array: true,
      default: [] as string[],
      describe: 'of the compare axis, node@VERSION, or the path of a Node (default: every variant)',
    },
    ...outputOptions,
    ...runningOptions,
  });

interface RunArguments extends MeasuringArguments, OutputArguments, RunningArguments {
  readonly label: string;
  readonly variant: readonly string[];
  readonly color: boolean;
}

const noStream =
  '--out -: a run is kept in files. Name the folder that holds the runs, and print it with `bench report`.';

/** Measures variants, each against itself, and keeps each run under the label. @returns the exit code. */
export async function run(args: RunArguments, world: World): Promise<number> {
  const to = destinationFrom(args);
  if (to.kind === 'stdout') throw new BenchFailure('configuration', noStream);
  const plans = plansOf(await matrixSource(args.matrix, args.variant, world), args, world);
  for (const { plan } of plans) refuseWhatEnginesCannot(plan, declaredVersions);
  const tell = args.quiet ? untold : shownOn(world.stderr);
  const output = {
    out: to.root,
    tell,
    allowRemote: args['allow-remote'],
    profile: 'never',
  } as const;
  // Loaded here: completions and help do without all that measures.
  const { runPlan } = await import('./run-plan.ts');
  let exitCode = 0;
  const kept: string[] = [];
  for (const each of plans) {
    const { report, folder, interrupted } = await runPlan(each, output, world);
    deliver(report, folder, to, wantsColour(world, args.color), world);
    world.stdout.write('\n');
    if (interrupted) return exitCodes.interrupted;
    exitCode = Math.max(exitCode, report.exitCode);
    kept.push(shownReference(args.label, each.plan.compare.candidates[0]));
  }
  world.stdout.write(`kept: ${kept.join(', ')}\n`);
  return exitCode;
}

/** One for each variant; the budget is shared by all of them. @throws BenchFailure */
function plansOf(source: MatrixSource, args: RunArguments, world: World): Planned[] {
  const label = requireLabel(args.label);
  const measuring = measuringFrom(args, world);
  const variants =
    args.variant.length > 0 ? args.variant : comparedVariants(source, measuring.axis);
  if (variants.length === 0) {
    throw new BenchFailure(
      'configuration',
      `${source.file}: there is no axis to take variants from. Name what to measure, such as --variant node@20.20.2.`,
    );
  }
  const { budgetMs, seed } = measuring;
  return variants.map((variant, index) => {
    const options = {
      ...{ variant, option: '--variant', label },
      ...measuring,
      // Two runs of one second are told apart by their seeds.
      seed: seed + index,
      budgetMs: budgetMs === null ? null : budgetMs / variants.length,
      ...{ margins: null, failOn: 'never' as const, strict: false },
    };
    return planned(source, { kind: 'alone', options }, world);
  });
}
