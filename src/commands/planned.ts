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

export const planned = (
  source: MatrixSource,
  request: PlanRequest,
  { cwd, env }: Pick<World, 'cwd' | 'env'>,
): Planned => ({
  plan: planBy(source, request, env),
  origin: source.place === null ? null : { cwd, matrix: source.place, request },
});

/** The plan that the same matrix gives today. @throws BenchFailure */
export const planAgain = async (
  { cwd, matrix, request }: PlanOrigin,
  variables: Variables,
): Promise<Plan> => planBy(await matrixAt(matrix, cwd), request, variables);

const planBy = (source: MatrixSource, request: PlanRequest, variables: Variables): Plan =>
  request.kind === 'compare'
    ? planMatrix({ ...source, variables, options: request.options })
    : planAlone({ ...source, variables, options: request.options });
