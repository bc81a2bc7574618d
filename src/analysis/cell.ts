import { type Contract, contractOfLaunches } from '../contract/contract.ts';
import { equalityClauses, type Wire } from '../contract/equality.ts';
import type { Evidence } from '../contract/evidence.ts';
import { noCounts, sumCounts, type Observed as WireObserved } from '../model/counts.ts';
import type { JournalRow } from '../model/journal.ts';
import type { ByRole, Cell, Plan, Role } from '../model/plan.ts';
import type { Bottleneck, DisturbanceReport } from '../model/report.ts';
import { type ArmTotals, armTotals } from './arm-totals.ts';
import { bottleneckOf } from './bottleneck.ts';
import type { Observed } from './compare.ts';
import { disturbanceOf } from './disturbed.ts';
import { gatingMetrics } from './gating.ts';
import { launchesOf, type MeasuredLaunch } from './launches.ts';
import { looksAt } from './looks.ts';
import { observe } from './observe.ts';
import { rejectedBlocks } from './rejection.ts';

/** All that was learnt of one cell, before the whole family is judged. */
export interface CellFindings {
  readonly cell: Cell;
  readonly launches: readonly MeasuredLaunch[];
  readonly totals: readonly ByRole<ArmTotals>[];
  readonly voidLaunches: number;
  /** Why the cell cannot be judged; null where it can. */
  readonly invalid: string | null;
  readonly contract: Contract;
  readonly bottleneck: ByRole<Bottleneck>;
  readonly disturbance: DisturbanceReport;
  readonly observed: readonly Observed[];
}

/** Of the baseline's requests; beyond it CPU per answered request describes the failures. */
const tolerableErrors = 0.01;

export function findingsOf(cell: Cell, plan: Plan, rows: readonly JournalRow[]): CellFindings {
  const launches = launchesOf(cell.id, rows);
  const totals = launches.map((launch) => {
    const rejected = new Set(rejectedBlocks(launch).map(({ block }) => block));
    return {
      baseline: armTotals(launch, 'baseline', rejected),
      candidate: armTotals(launch, 'candidate', rejected),
    };
  });
  const bottleneck = {
    baseline: bottleneckOf(totals.map((t) => t.baseline)),
    candidate: bottleneckOf(totals.map((t) => t.candidate)),
  };
  const contract = contractOf(cell, launches, totals);
  return {
    cell,
    launches,
    totals,
    voidLaunches: rows.filter((row) => row.kind === 'void' && row.cell === cell.id).length,
    invalid: reasonInvalid(cell, rows, contract, totals),
    contract,
    bottleneck,
    disturbance: disturbanceOf(launches),
    observed: observe(
      totals,
      gatingMetrics(plan.compare.side, bottleneck.candidate),
      looksAt(cell.id, totals.length, Math.max(...plan.measure.looks), rows),
    ),
  };
}

function reasonInvalid(
  cell: Cell,
  rows: readonly JournalRow[],
  contract: Contract,
  totals: CellFindings['totals'],
): string | null {
  for (const row of rows) {
    if (row.kind !== 'give-up' || row.cell !== cell.id) continue;
    const tail = row.stderrTail.trim();
    return tail === '' ? row.reason : `${row.reason}\n${tail}`;
  }
  if (totals.length < 2) return `${totals.length} launches were finished; a comparison needs two`;
  const broken = contract.clauses.find(({ state }) => state === 'broken');
  if (broken !== undefined) {
    return `the contract is broken: ${broken.clause}: expected ${broken.expected}, observed ${broken.observed}`;
  }
  const { errors, requests } = sumCounts(totals.map(({ baseline }) => baseline.client));
  if (errors / (errors + requests) >= tolerableErrors) {
    return `the baseline fails ${errors} of ${errors + requests} requests; make the scenario pass on it first`;
  }
  return null;
}

function contractOf(
  cell: Cell,
  launches: readonly MeasuredLaunch[],
  totals: CellFindings['totals'],
): Contract {
  const evidence = launches.map((launch, index) => ({
    baseline: evidenceOf(cell, 'baseline', launch, totals[index]),
    candidate: evidenceOf(cell, 'candidate', launch, totals[index]),
  }));
  const wire = (role: Role): Wire => ({
    settings: cell.arms[role],
    observed: union(
      launches.flatMap(({ finish }) => finish.arms[role].workers.map((w) => w.observed)),
    ),
    measured: sumCounts(totals.map((t) => t[role].client)),
  });
  if (launches.length === 0) return { ok: false, clauses: [] };
  const equal = equalityClauses({ baseline: wire('baseline'), candidate: wire('candidate') });
  return contractOfLaunches(cell.arms, evidence, equal);
}

function evidenceOf(
  cell: Cell,
  role: Role,
  launch: MeasuredLaunch,
  totals: ByRole<ArmTotals> | undefined,
): Evidence {
  const { load } = cell.arms[role].scenario;
  const { workers } = cell.arms[role].client;
  return {
    workers,
    slots: workers * (load.model === 'closed' ? load.connections : 1),
    opened: launch.opened.opened[role],
    measured: {
      client: totals?.[role].client ?? noCounts,
      target: totals?.[role].target ?? noCounts,
    },
  };
}

function union(all: readonly WireObserved[]): WireObserved {
  const of = <T extends string | number>(pick: (o: WireObserved) => readonly T[]): T[] =>
    [...new Set(all.flatMap(pick))].sort();
  return {
    tlsVersions: of((o) => o.tlsVersions),
    ciphers: of((o) => o.ciphers),
    keyExchanges: of((o) => o.keyExchanges),
    httpVersions: of((o) => o.httpVersions),
    statuses: of((o) => o.statuses),
  };
}
