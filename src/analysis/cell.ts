import type { Contract } from '../contract/contract.ts';
import type { JournalRow } from '../model/journal.ts';
import type { MetricName } from '../model/metrics.ts';
import type { ByRole, Cell, Plan } from '../model/plan.ts';
import type { Bottleneck, Pace } from '../model/report.ts';
import { blockMetricOf } from './blocks.ts';
import { bottleneckOf } from './bottleneck.ts';
import { gatingMetrics, primaryOf, type TargetMetric, targetMetricOf } from './gating.ts';
import { isComparable } from './latencies.ts';
import { brokenClause, failing, givenUp, tooFew } from './invalid.ts';
import { looksAt } from './looks.ts';
import { observe } from './observe.ts';
import type { Observed, PairedObserved } from './observed.ts';
import { paceOf } from './pace.ts';
import { contractOf } from './proof.ts';
import { type RunOfCell, runOfCell } from './run-of-cell.ts';
import { lengthsDisagree } from './slice-lengths.ts';

/** All that was learnt of one cell, before the whole family is judged. */
export interface Findings {
  readonly cell: Cell;
  readonly targetMetric: TargetMetric;
  readonly primary: MetricName;
  /** Why the cell cannot be judged; null where it can. */
  readonly invalid: string | null;
  readonly contract: Contract;
  readonly bottleneck: ByRole<Bottleneck>;
  readonly pace: Pace | null;
  readonly observed: readonly Observed[];
}

/** The same of the launches of one run, in each of which both arms ran. */
export interface CellFindings extends Findings, RunOfCell {
  readonly observed: readonly PairedObserved[];
}

export function findingsOf(cell: Cell, plan: Plan, rows: readonly JournalRow[]): CellFindings {
  const run = runOfCell(cell, rows);
  const { launches, totals } = run;
  const bottleneck = {
    baseline: bottleneckOf(totals.map((t) => t.baseline)),
    candidate: bottleneckOf(totals.map((t) => t.candidate)),
  };
  const contract = contractOf(run);
  const targetMetric = targetMetricOf(totals);
  const { side } = plan.compare;
  const { model } = cell.arms.candidate.scenario.load;
  const comparable = (metric: MetricName) => isComparable(metric, cell.arms);
  const gating = gatingMetrics(side, bottleneck.candidate, targetMetric, model).filter(comparable);
  return {
    ...run,
    targetMetric,
    primary: primaryOf(side, targetMetric),
    invalid: reasonInvalid(cell, plan, rows, { contract, totals, launches, gating }),
    contract,
    bottleneck,
    pace: paceOf(cell.id, launches, rows),
    observed: observe(
      totals,
      gating,
      looksAt(cell.id, totals.length, Math.max(...plan.measure.looks), rows),
    ).filter(({ metric }) => comparable(metric)),
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
  const reason =
    givenUp(cell, rows) ??
    tooFew(totals.length) ??
    brokenClause(contract) ??
    failing(totals.map(({ baseline }) => baseline));
  if (reason !== null) return reason;
  for (const metric of new Set(gating.map(blockMetricOf))) {
    const distorted = lengthsDisagree(launches, metric, plan.gate.margins[metric]);
    if (distorted !== null) return distorted;
  }
  return null;
}
