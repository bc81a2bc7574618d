import type { Evidence } from '../contract/evidence.ts';
import type { ContractRow } from '../model/contract.ts';
import { type Counts, noCounts, sumCounts } from '../model/counts.ts';
import type { Cell, Role } from '../model/plan.ts';
import { slotsOf } from './slots.ts';

/** What client and relay counted of an arm in its contract launch. */
export function relayedEvidence(cell: Cell, role: Role, { work, arms }: ContractRow): Evidence {
  const { scenario, client } = cell.arms[role];
  const { workers } = client;
  const { opened, measured, whole } = arms[role];
  const common = {
    witness: 'relay',
    workers,
    slots: slotsOf(scenario.load, workers, work),
  } as const;
  if (opened.client === null || measured.client === null) {
    return {
      ...{ kind: 'whole', ...common },
      client: sumCounts(whole.flatMap(({ program, probes }) => [program, probes])),
      target: measured.relay,
      measured: measured.relay,
      starts: whole.reduce((sum, { starts }) => sum + starts, 0),
      startedBySlice: true,
      lostByRests: 0,
    };
  }
  return {
    ...{ kind: 'slices', ...common },
    opened: { client: opened.client, target: opened.relay, queries: opened.queries },
    measured: { client: measured.client, target: measured.relay, queries: measured.queries },
  };
}

/** What the client received, by the relay: for engines that do not tell it. */
export const received = (row: ContractRow | null, role: Role): Counts => {
  const { requests = 0, bytesOut = 0 } = row?.arms[role].measured.relay ?? {};
  return { ...noCounts, requests: requests ?? 0, bytesIn: bytesOut ?? 0 };
};
