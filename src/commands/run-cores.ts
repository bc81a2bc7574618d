import { assignCores, type CorePlan, usableCores } from '../machine/cores.ts';
import { hasTaskset } from '../machine/files.ts';
import type { Plan } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import { runWarnings } from './run-warnings.ts';

/** The cores that the run's processes get, and what this machine cannot give. */
export interface RunCores {
  readonly plan: CorePlan;
  readonly warnings: readonly Warning[];
}

export function runCores({ cells }: Plan, searchPath: string): RunCores {
  const cores = usableCores();
  const canPin = cores.length > 1 && hasTaskset(searchPath);
  const workers = Math.max(
    ...cells.flatMap(({ arms }) =>
      [arms.baseline, arms.candidate].map(({ client }) =>
        client.remote === null ? client.workers : 0,
      ),
    ),
  );
  const plan = assignCores(canPin ? cores : [], workers);
  return { plan, warnings: runWarnings(plan, canPin) };
}
