import { setTimeout as wait } from 'node:timers/promises';
import type { Argv } from 'yargs';
import { type Noise, noiseOf } from '../analysis/noise.ts';
import { type Check, loadChecks, standingChecks } from '../machine/checks.ts';
import { hasTaskset, readOrNull } from '../machine/files.ts';
import { fingerprintMachine } from '../machine/fingerprint.ts';
import { exitCodes } from '../model/failure.ts';
import { metrics } from '../model/metrics.ts';
import type { PlanOptions } from '../model/origin.ts';
import type { Report } from '../model/report.ts';
import { disturbanceWords } from '../report/disturbance-words.ts';
import { formatChange, formatShare } from '../report/number.ts';
import { shippedMatrix } from './matrix-source.ts';
import { runsFolder, runsOption } from './output-options.ts';
import { writeReports } from './outputs.ts';
import { planned } from './planned.ts';
import { shownOn, untold } from './shown-progress.ts';
import type { World } from './world.ts';

/** How long others are watched before anything of ours runs. */
const watchMs = 2_000;
const minutes = [1, 3, 10];
/** A machine on which three minutes cannot show this much is not fit to gate on. */
const wanted = { minutes: 3, size: 0.05 };

export const doctorOptions = (yargs: Argv) =>
  yargs.options({
    out: runsOption,
    launches: { type: 'number', describe: 'of the A/A run (default: 8)' },
    seed: { type: 'number', describe: 'of its schedule' },
    quiet: { type: 'boolean', default: false, describe: 'no progress on stderr' },
  });

interface DoctorArguments {
  readonly out: string;
  readonly launches?: number | undefined;
  readonly seed?: number | undefined;
  readonly quiet: boolean;
}

/** Is this machine fit to measure? Looks at it, then compares a Node with itself. @returns the exit code. */
export async function doctor(args: DoctorArguments, world: World): Promise<number> {
  const out = runsFolder(args.out);
  const print = (line: string): void => void world.stdout.write(`${line}\n`);
  const { cpu, cores, virtualisation } = fingerprintMachine();
  const checks = [
    ...standingChecks({
      read: readOrNull,
      hasTaskset: hasTaskset(world.env.PATH ?? ''),
      virtual: virtualisation !== null,
    }),
    ...(await watched()),
  ];
  print(`${cpu}, ${cores} cores`);
  for (const check of checks) for (const line of checkLines(check)) print(line);

  const options = planOptions(args, world);
  const plan = planned(shippedMatrix('doctor'), { kind: 'compare', options }, world);
  const tell = args.quiet ? untold : shownOn(world.stderr);
  // Loaded here: completions and help do without all that measures.
  const { runPlan } = await import('./run-plan.ts');
  const { report, journal, folder, interrupted } = await runPlan(
    plan,
    { out, tell, allowRemote: false },
    world,
  );
  const noise = noiseOf(journal.header, journal.rows, minutes);
  print('');
  print(`A/A, two installs of one Node: ${verdictLine(report)}`);
  for (const line of noiseLines(noise)) print(line);
  for (const { disturbance } of report.cells)
    print(`  disturbed by others: ${disturbanceWords(disturbance)}`);
  const files = writeReports(report, folder, ['html', 'json'], world.cwd);
  const problem = unfitness(checks, report, noise);
  print('');
  print(problem === null ? 'fit to measure' : `not fit to gate on: ${problem}`);
  for (const file of files) print(`  ${file}`);
  if (interrupted) return exitCodes.interrupted;
  return problem === null ? 0 : exitCodes.unmeasurable;
}

const planOptions = ({ launches, seed }: DoctorArguments, world: World): PlanOptions => ({
  ...{
    baseline: 'a',
    candidate: 'b',
    axis: null,
    side: null,
    only: [],
    workers: null,
    set: [],
    margins: null,
  },
  ...{ launches: launches ?? null, budgetMs: null, failOn: 'never', strict: false },
  seed: seed ?? world.freshSeed(),
  targetRate: null,
});

async function watched(): Promise<Check[]> {
  const before = readOrNull('/proc/stat');
  await wait(watchMs);
  const after = readOrNull('/proc/stat');
  return before === null || after === null ? [] : loadChecks(before, after);
}

const checkLines = ({ name, state, found, next }: Check): string[] => [
  `  ${state.padEnd(6)} ${name}: ${found}`,
  ...(next === null ? [] : [`         Next: ${next}`]),
];

const verdictLine = ({ cells }: Report): string =>
  cells
    .flatMap((cell) =>
      cell.reason === null ? [cell.verdict] : [`${cell.verdict} (${cell.reason})`],
    )
    .join(', ');

function noiseLines(noise: readonly Noise[]): string[] {
  return noise.map(({ metric, sd, change, detectable }) => {
    const { estimate, interval } = formatChange(change);
    const sees = detectable.map(({ minutes: of, size }) => `${formatShare(size)} in ${of} min`);
    return `  ${metrics[metric].label}: ${estimate} (${interval}), sd of a launch ${formatShare(sd)}; sees ${sees.join(', ')}`;
  });
}

/** Why nothing should be gated on this machine, or null. */
export function unfitness(
  checks: readonly Check[],
  { cells }: Pick<Report, 'cells'>,
  noise: readonly Noise[],
): string | null {
  const unfit = checks.find(({ state }) => state === 'unfit');
  if (unfit !== undefined) return `${unfit.name}: ${unfit.found}`;
  const invalid = cells.find(({ verdict }) => verdict === 'invalid');
  if (invalid !== undefined)
    return `the A/A run is invalid: ${invalid.reason ?? 'no reason given'}`;
  const changed = cells
    .flatMap((cell) => cell.metrics)
    .find(({ gating, verdict }) => gating && !['unchanged', 'inconclusive'].includes(verdict));
  if (changed !== undefined)
    return `a Node against itself was called ${changed.verdict} in ${metrics[changed.metric].label}; once in 20 runs is chance`;
  const [primary] = noise;
  const seen = primary?.detectable.find(({ minutes: of }) => of === wanted.minutes);
  if (seen === undefined || seen.size > wanted.size)
    return `${wanted.minutes} minutes cannot show a change of ${formatShare(wanted.size)}`;
  return null;
}
