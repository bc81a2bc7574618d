import type { Argv, InferredOptionTypes, Options } from 'yargs';
import { parseDuration, quantityOption } from '../matrix/quantities.ts';
import { BenchFailure } from '../model/failure.ts';
import type { ByRole } from '../model/plan.ts';
import type { MatrixSource } from './matrix-source.ts';
import { type Planned, planned } from './planned.ts';
import type { World } from './world.ts';

/** Of a run, and of a report that is made again. */
export const targetRateOption = {
  type: 'number',
  describe: 'requests per second that the workers shall carry: how many it takes',
} as const satisfies Options;

/** What decides which cells run, how often and with what. No defaults here: what was not said must be seen. */
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
  side: {
    choices: ['client', 'target'] as const,
    describe: 'whose a Node or a package is (default: the target has the Node if it is started)',
  },
  only: {
    type: 'string',
    array: true,
    describe: 'cells such as tls=1.3,reuse=close; repeatable',
  },
  launches: { type: 'number', describe: 'launches per cell' },
  budget: { type: 'string', describe: 'wall time of the whole run, such as 90s' },
  workers: { type: 'number', describe: 'client worker processes per arm' },
  set: {
    type: 'string',
    array: true,
    describe: 'a setting of the matrix file, such as target.delay=5ms; repeatable',
  },
  seed: { type: 'number', describe: 'of the schedule; printed in every report' },
  'target-rate': targetRateOption,
} satisfies Record<string, Options>;

/** What `compare` and `plan` share: all that decides what will run. */
const planOptions = {
  baseline: {
    type: 'string',
    describe:
      'a variant of the compare axis, node@VERSION, a path, git:REF, npm:NAME@VERSION, url:http://HOST:PORT, or run:LABEL',
  },
  candidate: {
    type: 'string',
    describe: 'the same, for what is to be judged; several with commas between them',
  },
  ...measuringOptions,
  margin: { type: 'string', describe: 'such as cpuPerRequest=2%,rps=3%' },
  strict: { type: 'boolean', describe: 'slower within the margin fails too' },
  'fail-on': {
    choices: ['regression', 'inconclusive', 'never'] as const,
    defaultDescription: 'regression',
    describe: 'what makes the exit code 1',
  },
  'across-machines': {
    type: 'boolean',
    describe: 'take a run:LABEL that was measured under other conditions',
  },
} satisfies Record<string, Options>;

export type MeasuringArguments = InferredOptionTypes<typeof measuringOptions>;
export type PlanArguments = InferredOptionTypes<typeof planOptions>;

export const planOptionNames = Object.keys(planOptions) as readonly (keyof typeof planOptions)[];

export const withMeasuringOptions = <T>(yargs: Argv<T>) => yargs.options(measuringOptions);
export const withPlanOptions = <T>(yargs: Argv<T>) => yargs.options(planOptions);

/** What a comparison is made from. The source is read already. */
export type Compared = Omit<PlanArguments, 'matrix' | 'baseline' | 'candidate'> & ByRole<string>;

/** @throws BenchFailure where nobody said what is compared. */
export function demandCompared(args: PlanArguments): Compared {
  const { baseline, candidate } = args;
  if (baseline !== undefined && candidate !== undefined) return { ...args, baseline, candidate };
  throw new BenchFailure(
    'configuration',
    `Say what is compared: --${baseline === undefined ? 'baseline' : 'candidate'} is missing. See \`bench --help\`.`,
  );
}

export const namesOf = ({ baseline, candidate }: ByRole<string>): readonly string[] => [
  baseline,
  ...candidate.split(','),
];

/** Both arms measured in one run. @throws BenchFailure */
export const planOf = (
  source: MatrixSource,
  args: Compared,
  world: Pick<World, 'cwd' | 'env' | 'freshSeed'>,
): Planned => {
  const compared = { baseline: args.baseline, candidate: args.candidate };
  const options = { ...compared, ...measuringFrom(args, world), ...gateFrom(args) };
  return planned(source, { kind: 'compare', options }, world);
};

export const gateFrom = (args: Compared) => ({
  margins: args.margin ?? null,
  failOn: args['fail-on'] ?? 'regression',
  strict: args.strict ?? false,
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
    side: args.side ?? null,
    only: args.only ?? [],
    launches: args.launches ?? null,
    budgetMs:
      args.budget === undefined ? null : quantityOption('--budget', args.budget, parseDuration),
    workers: args.workers ?? null,
    set: args.set ?? [],
    seed: args.seed ?? world.freshSeed(),
    targetRate: args['target-rate'] ?? null,
  };
}
