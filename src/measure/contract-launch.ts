import type { ContractRow, RelayedArm, RelayedCounts } from '../model/contract.ts';
import { subtractCounts, subtractRelayed } from '../model/counts.ts';
import type { SliceWork } from '../model/journal.ts';
import { type Cell, type Role, roles } from '../model/plan.ts';
import { isInWindows } from '../model/remote.ts';
import { usersOf } from '../model/settings.ts';
import type { RunningArm } from './arm.ts';
import { type ArmPlan, startArms } from './arms.ts';
import { grainOfCell } from './grain.ts';
import { intendedRateOf, rampMsOf } from './pacing.ts';
import { runSlice, type Work } from './slice.ts';

interface ContractOptions {
  readonly cell: Cell;
  readonly armOf: (role: Role) => ArmPlan;
  readonly aborted: () => void;
}

/** Enough to tell one connection per request from one per two, and few enough for a server that is slow. */
const multiple = 4;
const windowMs = 300;
const wholeMs = 500;

/**
 * Both arms once, with a relay between each client and its target that reads what it forwards. Nothing is timed.
 * @throws ChildFailure where an arm does not start, or none of its requests succeeds.
 */
export async function proveContract(options: ContractOptions): Promise<ContractRow> {
  const { cell } = options;
  const stops: (() => Promise<void>)[] = [];
  try {
    const started = (stop: () => Promise<void>) => void stops.push(stop);
    const arms = await startArms({ ...options, order: roles, relayed: true, started });
    const work = workFor(cell, arms.baseline);
    const baseline = await proveArm(arms.baseline, 'baseline', work, options);
    const candidate = await proveArm(arms.candidate, 'candidate', work, options);
    return { kind: 'contract', cell: cell.id, work, arms: { baseline, candidate } };
  } finally {
    await Promise.allSettled(stops.map((stop) => stop()));
  }
}

/** As much as the contract needs, of the same kind as a launch that is measured. */
function workFor(cell: Cell, { client }: RunningArm): SliceWork {
  if (client.kind !== 'cooperative') return { kind: 'whole', ms: wholeMs };
  const { scenario, client: asked } = cell.arms.baseline;
  const { load } = scenario;
  if (!isInWindows(load, asked))
    return { kind: 'requests', requests: multiple * grainOfCell(cell).least };
  return {
    ...{ kind: 'windows', rampMs: rampMsOf(load), ms: windowMs },
    intendedRate: intendedRateOf(load),
    slots: load.model === 'constant-throughput' ? usersOf(load) : null,
  };
}

async function proveArm(
  arm: RunningArm,
  role: Role,
  work: SliceWork,
  { cell, aborted }: ContractOptions,
): Promise<RelayedArm> {
  const { relay } = arm;
  if (relay === null) throw new Error('a contract launch has no relay');
  const { requestTimeoutMs } = cell.arms[role].client;
  const run = (running: RunningArm, some: Work) => {
    aborted();
    return runSlice(running, some, { measured: false, requestTimeoutMs });
  };
  const readCounts = async (): Promise<RelayedCounts> => ({
    client: arm.client.kind === 'cooperative' ? arm.client.counts() : null,
    relay: (await relay.read()).counts,
    queries: (await arm.resolver?.read())?.queries ?? null,
  });

  const { client } = arm;
  let opened = await readCounts();
  if (client.kind === 'cooperative') {
    const some = workOf(work);
    await run(
      arm,
      some.kind === 'requests' ? { ...some, requests: some.requests / multiple } : some,
    );
    opened = await readCounts();
    await run(arm, some);
  } else {
    const whole = client.kind === 'paused' ? await client.whole() : client;
    await run({ ...arm, client: whole }, { kind: 'time', ms: wholeMs });
  }
  const finished = await arm.client.finish();
  await arm.target.finish();
  return {
    opened,
    measured: since(opened, await readCounts()),
    whole: finished.flatMap(({ whole }) => whole ?? []),
    observed: (await relay.read()).observed,
  };
}

function workOf(work: SliceWork): Extract<Work, { kind: 'requests' | 'window' }> {
  if (work.kind === 'requests') return work;
  if (work.kind !== 'windows') throw new Error(`a client that cooperates was given ${work.kind}`);
  return { kind: 'window', rampMs: work.rampMs, ms: work.ms };
}

const since = (before: RelayedCounts, after: RelayedCounts): RelayedCounts => ({
  client:
    before.client === null || after.client === null
      ? null
      : subtractCounts(after.client, before.client),
  relay: subtractRelayed(after.relay, before.relay),
  queries:
    before.queries === null || after.queries === null ? null : after.queries - before.queries,
});
