import type { ByRole, Cell, Role } from '../model/plan.ts';
import { type ArmStart, type RunningArm, startArm, startArmsSharing } from './arm.ts';
import { settled } from './settled.ts';

/** All of an arm's start that does not depend on the launch. */
export type ArmPlan = Omit<ArmStart, 'started' | 'relayed'>;

interface ArmsStart extends Pick<ArmStart, 'started' | 'relayed'> {
  readonly cell: Cell;
  readonly armOf: (role: Role) => ArmPlan;
  /** In which they begin to start. */
  readonly order: readonly [Role, Role];
}

/** Both arms of a cell, with a client each or one that they share. */
export async function startArms(options: ArmsStart): Promise<ByRole<RunningArm>> {
  const { cell, armOf, order, started, relayed } = options;
  const [first, second] = order;
  const start = (role: Role): ArmStart => ({ ...armOf(role), started, relayed });
  const [a, b] =
    cell.clients === 'shared'
      ? await startArmsSharing([start(first), start(second)])
      : await settled([startArm(start(first)), startArm(start(second))]);
  return first === 'baseline' ? { baseline: a, candidate: b } : { baseline: b, candidate: a };
}
