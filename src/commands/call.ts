import type { PlanOptions } from './call-options.ts';
import { type ImportedComparison, importedComparison } from './imported-comparison.ts';
import { objectFrom } from './matrix-module.ts';
import { type MatrixSource, matrixSource } from './matrix-source.ts';
import { type Compared, namesOf } from './plan-options.ts';
import { type PlannedComparison, plannedComparison } from './planned-comparison.ts';
import type { World } from './world.ts';

/** What a program asks for. @throws BenchFailure `configuration`. */
export const comparisonCalled = async (
  options: PlanOptions,
  out: string,
  world: World,
): Promise<PlannedComparison | ImportedComparison> => {
  const compared = argumentsOf(options);
  const imported = importedComparison(compared, options.matrix !== undefined, out, world);
  if (imported !== null) return imported;
  const source = await sourceOf(options.matrix, compared, world);
  return plannedComparison(source, compared, out, world);
};

/** The same options as the command line has read them. */
const argumentsOf = (options: PlanOptions): Compared => ({
  baseline: options.baseline,
  candidate: [options.candidate].flat().join(','),
  axis: options.axis,
  side: options.side,
  only: [...(options.only ?? [])],
  launches: options.launches,
  budget: options.budget,
  workers: options.workers,
  set: [...(options.set ?? [])],
  seed: options.seed,
  'target-rate': options.targetRate,
  margin: options.margin,
  strict: options.strict ?? false,
  'fail-on': options.failOn ?? 'regression',
  'across-machines': options.acrossMachines ?? false,
});

/** @throws BenchFailure where a function that makes the matrix fails. */
async function sourceOf(
  matrix: PlanOptions['matrix'],
  compared: Compared,
  world: World,
): Promise<MatrixSource> {
  if (matrix === undefined || typeof matrix === 'string')
    return matrixSource(matrix, namesOf(compared), world);
  const file = 'matrix';
  return {
    kind: 'object',
    name: 'inline',
    file,
    place: null,
    object: await objectFrom(matrix, file),
  };
}
