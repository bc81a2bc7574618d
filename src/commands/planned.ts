import { type KeptRun, planAgainst } from '../campaign/unpaired.ts';
import { planAlone, planMatrix } from '../matrix/plan.ts';
import type { PlanOrigin, PlanRequest } from '../model/origin.ts';
import type { Plan } from '../model/plan.ts';
import type { Variables } from '../model/variables.ts';
import { type MatrixSource, matrixAt } from './matrix-source.ts';
import type { World } from './world.ts';

/** A plan, and what it takes to make it again. */
export interface Planned {
  readonly plan: Plan;
  /** Null where it cannot be: a stream is read once, and a program may make anything. */
  readonly origin: PlanOrigin | null;
}

/** @param kept the stored run that a plan against one follows. @throws BenchFailure */
export const planned = (
  source: MatrixSource,
  request: PlanRequest,
  { cwd, env }: Pick<World, 'cwd' | 'env'>,
  kept: KeptRun | null = null,
): Planned => ({
  plan: planBy(source, request, env, kept),
  origin: source.place === null ? null : { cwd, matrix: source.place, request },
});

/** The plan that the same matrix gives today. @throws BenchFailure */
export const planAgain = async (
  { cwd, matrix, request }: PlanOrigin,
  variables: Variables,
  kept: KeptRun | null,
): Promise<Plan> => planBy(await matrixAt(matrix, cwd), request, variables, kept);

function planBy(
  source: MatrixSource,
  request: PlanRequest,
  variables: Variables,
  kept: KeptRun | null,
): Plan {
  if (request.kind === 'compare')
    return planMatrix({ ...source, variables, options: request.options });
  const alone = planAlone({ ...source, variables, options: request.options });
  if (request.kind === 'alone') return alone;
  if (kept === null) throw new Error('a plan against a stored run follows that run');
  return planAgainst(alone, kept);
}
