import type { ArmTotals } from '../analysis/arm-totals.ts';
import type { CellFindings } from '../analysis/cell.ts';
import { cellWarnings } from '../analysis/cell-warnings.ts';
import { courseOf } from '../analysis/course.ts';
import { disturbanceOf } from '../analysis/disturbed.ts';
import { imbalanceOf } from '../analysis/imbalance.ts';
import type { JudgedCell } from '../analysis/judge-matrix.ts';
import { latenciesOf } from '../analysis/latency-quantiles.ts';
import { networkOf } from '../analysis/network.ts';
import { profilesOf, profileWarnings } from '../analysis/profile/report.ts';
import { isOfOnePair } from '../analysis/one-pair.ts';
import { armsOf, type UnpairedFindings } from '../analysis/unpaired-cell.ts';
import { unpairedCellWarnings } from '../analysis/unpaired-warnings.ts';
import { workerFigures } from '../analysis/worker-figures.ts';
import type { JournalRow } from '../model/journal.ts';
import { type ByRole, type Plan, roles } from '../model/plan.ts';
import type { CellReport } from '../model/report.ts';

export function cellReport(
  judged: JudgedCell<CellFindings>,
  { gate, compare }: Plan,
  rows: readonly JournalRow[],
): CellReport {
  const { cell, totals, launches, failures, primary } = judged.findings;
  const disturbance = disturbanceOf(launches);
  const arms = {
    baseline: totals.map((t) => t.baseline),
    candidate: totals.map((t) => t.candidate),
  };
  const ofWorkers = workersOf(arms);
  const profiles = profilesOf(judged, compare.side, rows);
  return {
    ...verdictOfCell(judged),
    launches: totals.length,
    baselineLaunches: totals.length,
    voidLaunches: failures.length,
    disturbance,
    latencies: latenciesOf(arms, cell.arms),
    course: courseOf(launches, roles, primary),
    ...ofWorkers,
    network: {
      baseline: networkOf(launches, 'baseline'),
      candidate: networkOf(launches, 'candidate'),
    },
    profiles,
    warnings: [
      ...cellWarnings(judged, gate, { disturbance, imbalance: ofWorkers.imbalance }),
      ...profileWarnings(profiles),
    ],
  };
}

export function unpairedCellReport(judged: JudgedCell<UnpairedFindings>, plan: Plan): CellReport {
  const { cell, primary, runs } = judged.findings;
  const { baseline, candidate } = runs;
  const arms = { baseline: armsOf(baseline), candidate: armsOf(candidate) };
  const ofWorkers = workersOf(arms);
  return {
    ...verdictOfCell(judged),
    launches: candidate.totals.length,
    baselineLaunches: baseline.totals.length,
    voidLaunches: baseline.failures.length + candidate.failures.length,
    disturbance: disturbanceOf([...baseline.launches, ...candidate.launches]),
    latencies: latenciesOf(arms, cell.arms),
    course: roles.flatMap((role) => courseOf(runs[role].launches, [role], primary)),
    ...ofWorkers,
    network: {
      baseline: networkOf(baseline.launches, 'baseline'),
      candidate: networkOf(candidate.launches, 'candidate'),
    },
    // The processes of a stored run are gone.
    profiles: [],
    warnings: unpairedCellWarnings(judged, plan, ofWorkers.imbalance),
  };
}

const workersOf = ({ baseline, candidate }: ByRole<readonly ArmTotals[]>) => ({
  workers: { baseline: workerFigures(baseline), candidate: workerFigures(candidate) },
  imbalance: { baseline: imbalanceOf(baseline), candidate: imbalanceOf(candidate) },
});

const verdictOfCell = ({ findings, verdict, metrics, limits }: JudgedCell) => {
  const { cell, invalid, bottleneck, primary, pace, contract } = findings;
  const { id, variants, candidate, clients } = cell;
  return {
    ...{ id, variants, candidate, verdict, reason: invalid, bottleneck, primary, clients, pace },
    onePair: isOfOnePair(cell),
    ...{ contract, metrics, limits },
  };
};
