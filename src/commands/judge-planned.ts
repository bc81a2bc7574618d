import { judgeStored } from './judge-stored.ts';
import type { RunOutput, RunOutcome } from './measure-run.ts';
import type { PlannedComparison } from './planned-comparison.ts';
import { runPlan } from './run-plan.ts';
import type { World } from './world.ts';

/** Measures what a comparison needs to have measured, and judges it. */
export async function judgePlanned(
  planned: PlannedComparison,
  output: RunOutput,
  world: World,
): Promise<RunOutcome> {
  return planned.kind === 'to-measure'
    ? runPlan(planned, output, world)
    : judgeStored(planned.plan, planned.candidate, output.out, world);
}
