import type { Contract } from '../contract/contract.ts';
import type { JournalRow, VoidRow } from '../model/journal.ts';
import type { MetricName } from '../model/metrics.ts';
import type { ByRole, Cell, Plan } from '../model/plan.ts';
import type { Bottleneck, Pace } from '../model/report.ts';
import { type ArmTotals, armTotals } from './arm-totals.ts';
import { blockMetricOf } from './blocks.ts';
import { bottleneckOf } from './bottleneck.ts';
import type { Observed } from './compare.ts';
import { gatingMetrics, isTargetCpuKnown, primaryOf } from './gating.ts';
import { launchesOf, type MeasuredLaunch } from './launches.ts';
import { looksAt } from './looks.ts';
import { observe } from './observe.ts';
import { paceOf } from './pace.ts';
import { contractOf } from './proof.ts';
import { rejectedBlocks } from './rejection.ts';
import { lengthsDisagree } from './slice-lengths.ts';

/** All that was learnt of one cell, before the whole family is judged. */
export interface CellFindings {
  readonly cell: Cell;
  readonly launches: readonly MeasuredLaunch[];
  readonly totals: readonly ByRole<ArmTotals>[];
  readonly targetCpuKnown: boolean;
  readonly primary: MetricName;
  /** Launches that do not count. */
  readonly failures: readonly VoidRow[];
  /** Why the cell cannot be judged; null where it can. */
  readonly invalid: string | null;
  readonly contract: Contract;
  readonly bottleneck: ByRole<Bottleneck>;
  readonly pace: Pace | null;
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
  const targetCpuKnown = isTargetCpuKnown(totals);
  const { side } = plan.compare;
  const { model } = cell.arms.candidate.scenario.load;
  const gating = gatingMetrics(side, bottleneck.candidate, targetCpuKnown, model);
  return {
    cell,
    launches,
    totals,
    targetCpuKnown,
    primary: primaryOf(side, targetCpuKnown),
    failures: rows.filter((row) => row.kind === 'void').filter((row) => row.cell === cell.id),
    invalid: reasonInvalid(cell, plan, rows, { contract, totals, launches, gating }),
    contract,
    bottleneck,
    pace: paceOf(cell.id, launches, rows),
    observed: observe(
      totals,
      gating,
      looksAt(cell.id, totals.length, Math.max(...plan.measure.looks), rows),
    ),
  };
}

function reasonInvalid(
  cell: Cell,
  plan: Plan,
  rows: readonly JournalRow[],
  found: Pick<CellFindings, 'contract' | 'totals' | 'launches'> & {
    readonly gating: readonly MetricName[];
  },
): string | null {
  const { contract, totals, launches, gating } = found;
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
  const errors = totals.reduce((sum, { baseline }) => sum + baseline.errors, 0);
  const requests = totals.reduce((sum, { baseline }) => sum + baseline.requests, 0);
  if (errors / (errors + requests) >= tolerableErrors) {
    return `the baseline fails ${errors} of ${errors + requests} requests; make the scenario pass on it first`;
  }
  for (const metric of new Set(gating.map(blockMetricOf))) {
    const distorted = lengthsDisagree(launches, metric, plan.gate.margins[metric]);
    if (distorted !== null) return distorted;
  }
  return null;
}
