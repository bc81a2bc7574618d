import type { Tell } from '../campaign/progress.ts';
import { judgeStored } from './judge-stored.ts';
import type { PlannedComparison } from './planned-comparison.ts';
import { type RunOutcome, runPlan } from './run-plan.ts';
import type { World } from './world.ts';

/** Measures what a comparison needs to have measured, and judges it. */
export async function judgePlanned(
  planned: PlannedComparison,
  options: { readonly out: string; readonly tell: Tell },
  world: World,
): Promise<RunOutcome> {
  return planned.kind === 'to-measure'
    ? runPlan(planned.plan, options, world)
    : judgeStored(planned.plan, planned.candidate, options.out, world);
}
