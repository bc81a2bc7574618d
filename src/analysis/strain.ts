import type { NetworkRow, VoidRow } from '../model/journal.ts';
import { type Role, roles } from '../model/plan.ts';
import type { Strain } from './exhaustion.ts';
import { totalOf } from './network.ts';
import { slotsOf } from './slots.ts';
import type { RunOfCell } from './run-of-cell.ts';

/** What the launches of a cell tell of the limits that they may have met, with those that failed. */
export const strainsOf = (run: RunOfCell): Strain[] => [
  ...run.launches.flatMap((_, index) => roles.map((role) => ofArm(run, index, role))),
  ...run.failures.map(({ reason, stderrTail, network }) =>
    strainOfFailure([reason, stderrTail], network ?? null),
  ),
];

export const strainOfFailure = (said: readonly string[], network: VoidRow['network']): Strain => ({
  ...{ role: null, said, errors: 0 },
  counted: network?.counted ?? null,
  limits: network?.limits ?? null,
  descriptors: unknown,
  ...{ slots: null, connections: null },
});

const unknown: NetworkRow['descriptors'] = { client: null, target: null };

function ofArm({ cell, launches, totals }: RunOfCell, index: number, role: Role): Strain {
  const [launch, total] = [launches[index], totals[index]?.[role]];
  if (launch === undefined || total === undefined) throw new Error(`no launch ${index}`);
  const network = launch.network[role];
  const { scenario, client } = cell.arms[role];
  const slots = slotsOf(scenario.load, client.workers, launch.opened.work);
  const before = launch.opened.opened[role].client;
  return {
    role,
    said: launch.finish.arms[role].workers.flatMap(({ firstError }) => firstError ?? []),
    errors: total.errors,
    counted: network === null ? null : totalOf(network),
    limits: network?.limits ?? null,
    descriptors: network?.descriptors ?? unknown,
    slots: Number.isFinite(slots) ? slots : null,
    connections:
      before === null || total.client === null
        ? null
        : before.connections + total.client.connections,
  };
}
