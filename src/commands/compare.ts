import type { Argv } from 'yargs';
import { BenchFailure, exitCodes } from '../model/failure.ts';
import { importedComparison } from './imported-comparison.ts';
import { judgeImported } from './judge-imported.ts';
import { matrixSource } from './matrix-source.ts';
import {
  destinationFrom,
  type OutputArguments,
  outputOptions,
  type RunningArguments,
  runningOptions,
} from './output-options.ts';
import { deliver, wantsColour } from './outputs.ts';
import {
  demandCompared,
  namesOf,
  type PlanArguments,
  planOptionNames,
  withPlanOptions,
} from './plan-options.ts';
import { profileOption, profileWishFrom } from './profile-option.ts';
import { plannedComparison } from './planned-comparison.ts';
import type { RunOutput, RunOutcome } from './measure-run.ts';
import { shownOn, untold } from './shown-progress.ts';
import type { World } from './world.ts';

export const compareOptions = (yargs: Argv) =>
  withPlanOptions(yargs).options({
    resume: {
      type: 'string',
      describe: 'measure what is left of a run: its id, the start of one, a folder, or latest',
    },
    ...profileOption,
    ...outputOptions,
    ...runningOptions,
  });

interface CompareArguments extends PlanArguments, OutputArguments, RunningArguments {
  readonly resume?: string | undefined;
  readonly profile?: unknown;
  readonly color: boolean;
}

type Judged = Pick<RunOutcome, 'report' | 'folder' | 'interrupted'>;

/** Measures both arms of every cell, or one against a stored run; judges, reports. @returns the exit code. */
export async function compare(args: CompareArguments, world: World): Promise<number> {
  const to = destinationFrom(args);
  const tell = args.quiet ? untold : shownOn(world.stderr);
  const profile = profileWishFrom(args.profile);
  const output = { out: to.root, tell, allowRemote: args['allow-remote'], profile };
  const { report, folder, interrupted } =
    args.resume === undefined
      ? await begun(args, output, world)
      : await resumed(args.resume, args, output, world);
  deliver(report, folder, to, wantsColour(world, args.color), world);
  return interrupted ? exitCodes.interrupted : report.exitCode;
}

async function begun(args: CompareArguments, output: RunOutput, world: World): Promise<Judged> {
  const compared = demandCompared(args);
  const imported = importedComparison(compared, args.matrix !== undefined, output.out, world);
  if (imported !== null) {
    refuseProfile(args, 'what was imported has no processes');
    return judgeImported(imported, output.out, world);
  }
  const source = await matrixSource(args.matrix, namesOf(compared), world);
  const planned = plannedComparison(source, compared, output.out, world);
  if (planned.plan.compare.kind === 'unpaired')
    refuseProfile(args, 'a stored run has no processes');
  // Loaded here: completions and help do without all that measures.
  const { judgePlanned } = await import('./judge-planned.ts');
  return judgePlanned(planned, output, world);
}

async function resumed(
  run: string,
  args: CompareArguments,
  output: RunOutput,
  world: World,
): Promise<RunOutcome> {
  refusePlanOptions(args);
  const { resumeRun } = await import('./resume.ts');
  return resumeRun(run, output, world);
}

/** An option that would do nothing is refused. @throws BenchFailure */
function refuseProfile({ profile }: CompareArguments, why: string): void {
  if (profile === undefined || profile === false) return;
  throw new BenchFailure(
    'configuration',
    `--profile: ${why} to profile any more. Compare both live, or leave it out.`,
  );
}

/** A run that is resumed has its plan already. @throws BenchFailure naming the option that says another one. */
function refusePlanOptions(args: CompareArguments): void {
  const said = planOptionNames.find((name) => args[name] !== undefined);
  if (said === undefined) return;
  throw new BenchFailure(
    'configuration',
    `--${said} cannot be said with --resume: the run keeps the plan that it began with. Leave it out, or begin a new run.`,
  );
}
