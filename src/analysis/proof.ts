import { type Contract, contractOfLaunches, contractOfRuns } from '../contract/contract.ts';
import { equalityClauses, type Wire } from '../contract/equality.ts';
import type { Evidence } from '../contract/evidence.ts';
import { declarations } from '../engine/declarations.ts';
import { type Counts, noCounts, type Observed, type Replayed, sumCounts } from '../model/counts.ts';
import { type ByRole, type Cell, type Role, roles } from '../model/plan.ts';
import type { ArmTotals } from './arm-totals.ts';
import type { MeasuredLaunch } from './launches.ts';
import { received, relayedEvidence } from './relayed.ts';
import type { RunOfCell } from './run-of-cell.ts';
import { slotsOf } from './slots.ts';

type Ran = Pick<RunOfCell, 'cell' | 'launches' | 'totals' | 'proof'>;

const nothingProven: Contract = { ok: false, clauses: [] };

/** What the counts of all launches of a cell prove of its contract. */
export function contractOf(ran: Ran): Contract {
  const { cell, launches, totals } = ran;
  if (launches.length === 0) return nothingProven;
  const evidence = launches.map((launch, index) => ({
    baseline: evidenceOf(cell, 'baseline', launch, totals[index]),
    candidate: evidenceOf(cell, 'candidate', launch, totals[index]),
  }));
  const equal = equalityClauses({
    baseline: wireOf(ran, ['baseline']),
    candidate: wireOf(ran, ['candidate']),
  });
  const relayed = {
    baseline: relayedOf(ran, ['baseline']),
    candidate: relayedOf(ran, ['candidate']),
  };
  return contractOfLaunches(cell.arms, evidence, equal, relayed);
}

/** The same of two runs, each of one arm against itself. */
export function contractBetween(runs: ByRole<Ran>): Contract {
  if (roles.some((role) => runs[role].launches.length === 0)) return nothingProven;
  const evidence = (role: Role): Evidence[][] => {
    const { cell, launches, totals } = runs[role];
    return launches.map((launch, index) =>
      roles.map((half) => evidenceOf(cell, half, launch, totals[index])),
    );
  };
  const arms = {
    baseline: runs.baseline.cell.arms.baseline,
    candidate: runs.candidate.cell.arms.candidate,
  };
  // Slices of two runs are not the same, and so are not the numbers of requests in them.
  const equal = equalityClauses(
    { baseline: wireOf(runs.baseline, roles), candidate: wireOf(runs.candidate, roles) },
    false,
  );
  const all = { baseline: evidence('baseline'), candidate: evidence('candidate') };
  const relayed = {
    baseline: relayedOf(runs.baseline, roles),
    candidate: relayedOf(runs.candidate, roles),
  };
  return contractOfRuns(arms, all, equal, relayed);
}

const relayedOf = ({ cell, proof }: Ran, halves: readonly Role[]): readonly Evidence[] =>
  proof === null ? [] : halves.map((half) => relayedEvidence(cell, half, proof));

/** @param halves the roles in which the arm ran */
const wireOf = (
  { cell, launches, totals, proof }: Ran,
  halves: readonly [Role, ...Role[]],
): Wire => ({
  settings: cell.arms[halves[0]],
  observed: union(
    launches.flatMap(({ finish }) =>
      halves.flatMap((half) => {
        const { workers, target } = finish.arms[half];
        const tells = workers.every(({ whole }) => whole === null);
        return tells
          ? workers.map((w) => w.observed)
          : (target.observed ?? proof?.arms[half].observed ?? []);
      }),
    ),
  ),
  // An engine that does not count by slice does not tell bytes either: the target's, or those that a relay read.
  measured: sumCounts(
    totals.flatMap((t) =>
      halves.map((half) => t[half].client ?? bytesTurned(t[half].target) ?? received(proof, half)),
    ),
  ),
  replayed: launches
    .flatMap(({ finish }) =>
      halves.flatMap((half) => finish.arms[half].workers.map(({ replayed }) => replayed)),
    )
    .reduce(addReplayed, null),
});

function evidenceOf(
  cell: Cell,
  role: Role,
  launch: MeasuredLaunch,
  totals: ByRole<ArmTotals> | undefined,
): Evidence {
  const { load } = cell.arms[role].scenario;
  const { workers } = cell.arms[role].client;
  const slots = slotsOf(load, workers, launch.opened.work);
  const common = { witness: 'target', workers, slots } as const;
  const opened = launch.opened.opened[role];
  const measured = {
    client: totals?.[role].client ?? null,
    target: totals === undefined ? noCounts : totals[role].target,
  };
  if (opened.client === null || measured.client === null) {
    const { workers: ends, target } = launch.finish.arms[role];
    const said = ends.flatMap(({ whole }) => whole ?? []);
    const ownSlices = launch.slices.filter((slice) => slice.role === role).length;
    return {
      ...{ kind: 'whole', ...common },
      client: sumCounts(said.flatMap(({ program, probes }) => [program, probes])),
      target: target.whole,
      measured: measured.target,
      starts: said.reduce((sum, { starts }) => sum + starts, 0),
      startedBySlice: launch.opened.work.kind === 'whole',
      lostByRests: declarations[cell.arms[role].client.engine.kind].losesByRest ? ownSlices : 0,
    };
  }
  return {
    ...{ kind: 'slices', ...common },
    opened: {
      ...{ client: opened.client, target: opened.target },
      queries: opened.resolver?.queries ?? null,
    },
    measured: {
      ...{ client: measured.client, target: measured.target },
      queries: totals?.[role].resolver?.queries ?? null,
    },
  };
}

const addReplayed = (
  sum: readonly Replayed[] | null,
  more: readonly Replayed[] | null,
): readonly Replayed[] | null =>
  sum === null || more === null
    ? more
    : sum.map((one, request) => ({
        sent: one.sent + (more[request]?.sent ?? 0),
        answered: one.answered + (more[request]?.answered ?? 0),
        bytes: one.bytes + (more[request]?.bytes ?? 0),
      }));

/** What the target sent is what the client received. */
const bytesTurned = (target: Counts | null): Counts | null =>
  target && { ...target, bytesIn: target.bytesOut, bytesOut: target.bytesIn };

function union(all: readonly Observed[]): Observed {
  const of = <T extends string | number>(pick: (o: Observed) => readonly T[]): T[] =>
    [...new Set(all.flatMap(pick))].sort();
  return {
    tlsVersions: of((o) => o.tlsVersions),
    ciphers: of((o) => o.ciphers),
    keyExchanges: of((o) => o.keyExchanges),
    httpVersions: of((o) => o.httpVersions),
    statuses: of((o) => o.statuses),
  };
}
