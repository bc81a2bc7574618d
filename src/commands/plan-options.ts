import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { planMatrix } from '../matrix/plan.ts';
import { parseDuration, quantityOption } from '../matrix/quantities.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Plan } from '../model/plan.ts';
import type { MatrixSource } from './matrix-source.ts';
import type { World } from './world.ts';

/** What decides which cells run, how often and with what. */
const measuringOptions = {
  matrix: {
    type: 'string',
    // Without it a lone - would not be taken for a value.
    nargs: 1,
    describe: 'file, a shipped name, or - for stdin (default: bench.matrix.*, else incident)',
  },
  axis: {
    type: 'string',
    describe: 'the compare axis (default: what the matrix says, else version)',
  },
  only: {
    type: 'string',
    array: true,
    default: [] as string[],
    describe: 'cells such as tls=1.3,reuse=close; repeatable',
  },
  launches: { type: 'number', describe: 'launches per cell' },
  budget: { type: 'string', describe: 'wall time of the whole run, such as 90s' },
  workers: { type: 'number', describe: 'client worker processes per arm' },
  set: {
    type: 'string',
    array: true,
    default: [] as string[],
    describe: 'a setting of the matrix file, such as target.delay=5ms; repeatable',
  },
  seed: { type: 'number', describe: 'of the schedule; printed in every report' },
} satisfies Record<string, Options>;

/** What `compare` and `plan` share: all that decides what will run. */
const planOptions = {
  baseline: {
    type: 'string',
    demandOption: true,
    describe:
      'a variant of the compare axis, node@VERSION, the path of a Node, npm:undici@VERSION, or run:LABEL',
  },
  candidate: { type: 'string', demandOption: true, describe: 'the same, for what is to be judged' },
  ...measuringOptions,
  margin: { type: 'string', describe: 'such as cpuPerRequest=2%,rps=3%' },
  strict: { type: 'boolean', default: false, describe: 'slower within the margin fails too' },
  'fail-on': {
    choices: ['regression', 'inconclusive', 'never'] as const,
    default: 'regression' as const,
    describe: 'what makes the exit code 1',
  },
  'across-machines': {
    type: 'boolean',
    default: false,
    describe: 'take a run:LABEL that was measured under other conditions',
  },
} satisfies Record<string, Options>;

export type MeasuringArguments = InferredOptionTypes<typeof measuringOptions>;
export type PlanArguments = InferredOptionTypes<typeof planOptions>;

export const withMeasuringOptions = <T>(yargs: Argv<T>) => yargs.options(measuringOptions);
export const withPlanOptions = <T>(yargs: Argv<T>) => yargs.options(planOptions);

/** Both arms measured in one run. */
export const planOf = (
  source: MatrixSource,
  args: Omit<PlanArguments, 'matrix'>,
  world: Pick<World, 'env' | 'freshSeed'>,
): Plan =>
  planMatrix({
    ...source,
    variables: world.env,
    options: {
      ...{ baseline: args.baseline, candidate: args.candidate },
      ...measuringFrom(args, world),
      ...gateFrom(args),
    },
  });

export const gateFrom = (args: Omit<PlanArguments, 'matrix'>) => ({
  margins: args.margin ?? null,
  failOn: args['fail-on'],
  strict: args.strict,
});

/** @throws BenchFailure `configuration` */
export function measuringFrom(
  args: Omit<MeasuringArguments, 'matrix'>,
  world: Pick<World, 'freshSeed'>,
) {
  if (args.seed !== undefined && !Number.isSafeInteger(args.seed)) {
    throw new BenchFailure(
      'configuration',
      `--seed: ${args.seed} is not a whole number. Write one such as 7.`,
    );
  }
  return {
    axis: args.axis ?? null,
    only: args.only,
    launches: args.launches ?? null,
    budgetMs:
      args.budget === undefined ? null : quantityOption('--budget', args.budget, parseDuration),
    workers: args.workers ?? null,
    set: args.set,
    seed: args.seed ?? world.freshSeed(),
  };
}
