import type { JournalRow } from '../model/journal.ts';
import type { MetricName } from '../model/metrics.ts';
import { armName, type ByRole, type Cell, type Plan, type Role, roles } from '../model/plan.ts';
import type { ArmTotals } from './arm-totals.ts';
import { blockMetricOf } from './blocks.ts';
import { bottleneckOf } from './bottleneck.ts';
import type { Findings } from './cell.ts';
import { coarser, gatingMetrics, primaryOf, targetMetricOf } from './gating.ts';
import { brokenClause, failing, givenUp, tooFew } from './invalid.ts';
import { isComparable } from './latencies.ts';
import { launchesOf } from './launches.ts';
import { observeRuns } from './observe-runs.ts';
import { paceOf } from './pace.ts';
import { contractBetween } from './proof.ts';
import { type RunOfCell, runOfCell } from './run-of-cell.ts';
import { lengthsDisagreeBetween } from './slice-lengths.ts';
import { commonReading, type TargetReading } from './target-cpu.ts';

/** All that two runs say of a cell, each of one arm against itself. */
export interface UnpairedFindings extends Findings {
  readonly runs: ByRole<RunOfCell>;
  /** What the target's CPU is read by in both runs alike: two ways of reading are not compared. */
  readonly finest: TargetReading;
}

/** The cell as each run measured it, and the rows of that run. */
type Measured = ByRole<{ readonly cell: Cell; readonly rows: readonly JournalRow[] }>;

export function unpairedFindingsOf(plan: Plan, measured: Measured): UnpairedFindings {
  const finest = commonReading(
    roles.flatMap((role) => launchesOf(measured[role].cell.id, measured[role].rows)),
  );
  const runOf = (role: Role) => runOfCell(measured[role].cell, measured[role].rows, finest);
  const runs = { baseline: runOf('baseline'), candidate: runOf('candidate') };
  const [baseline, candidate] = [measured.baseline.cell, measured.candidate.cell];
  const bottleneck = {
    baseline: bottleneckOf(armsOf(runs.baseline)),
    candidate: bottleneckOf(armsOf(runs.candidate)),
  };
  const contract = contractBetween(runs);
  const targetMetric = coarser(
    targetMetricOf(runs.baseline.totals),
    targetMetricOf(runs.candidate.totals),
  );
  const { side } = plan.compare;
  const { model } = candidate.arms.candidate.scenario.load;
  const arms = { baseline: baseline.arms.baseline, candidate: candidate.arms.candidate };
  const comparable = (metric: MetricName) => isComparable(metric, arms);
  const gating = gatingMetrics(side, bottleneck.candidate, targetMetric, model).filter(comparable);
  const pace = paceOf(candidate.id, runs.candidate.launches, measured.candidate.rows);
  const capacity = paceOf(baseline.id, runs.baseline.launches, measured.baseline.rows)?.capacity;
  return {
    cell: { ...candidate, arms },
    ...{ runs, finest, targetMetric, contract, bottleneck },
    primary: primaryOf(side, targetMetric),
    invalid:
      ofOneRun(plan, runs, measured) ??
      brokenClause(contract) ??
      failing(armsOf(runs.baseline)) ??
      distorted(plan, runs, gating),
    // The users of both runs follow from what the baseline carried when it was stored.
    pace: pace === null ? null : { ...pace, capacity: capacity ?? null },
    observed: observeRuns(
      { baseline: runs.baseline.totals, candidate: runs.candidate.totals },
      gating,
    ).filter(({ metric }) => comparable(metric)),
  };
}

/** Both arms of all launches. */
export const armsOf = ({ totals }: Pick<RunOfCell, 'totals'>): ArmTotals[] =>
  totals.flatMap(({ baseline, candidate }) => [baseline, candidate]);

function ofOneRun({ compare }: Plan, runs: ByRole<RunOfCell>, measured: Measured): string | null {
  for (const role of roles) {
    const { cell, rows } = measured[role];
    const reason = givenUp(cell, rows) ?? tooFew(runs[role].totals.length);
    if (reason !== null) return `${armName(measured.candidate.cell, role, compare)}: ${reason}`;
  }
  return null;
}

function distorted(
  { gate }: Plan,
  { baseline, candidate }: ByRole<RunOfCell>,
  gating: readonly MetricName[],
): string | null {
  const launches = { baseline: baseline.launches, candidate: candidate.launches };
  for (const metric of new Set(gating.map(blockMetricOf))) {
    const reason = lengthsDisagreeBetween(launches, metric, gate.margins[metric]);
    if (reason !== null) return reason;
  }
  return null;
}
