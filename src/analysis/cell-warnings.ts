import type { Gate } from '../model/plan.ts';
import type { CellReport } from '../model/report.ts';
import { engineName } from '../model/names.ts';
import type { Warning } from '../model/warning.ts';
import { blockMetricOf } from './blocks.ts';
import type { CellFindings } from './cell.ts';
import { claimedCpu } from './claimed-cpu.ts';
import { connectionsOfOthers } from './connections-of-others.ts';
import { disturbedWarning } from './disturbed.ts';
import { driftWarning } from './drift.ts';
import { exhaustion } from './exhaustion.ts';
import { generatorBound } from './generator.ts';
import { imbalanced } from './imbalance.ts';
import type { JudgedCell } from './judge-matrix.ts';
import { unlikeLatencies } from './latencies.ts';
import { longSlices } from './long-slices.ts';
import { insensitive } from './outcome.ts';
import { rareWork } from './rare-work.ts';
import type { RunOfCell } from './run-of-cell.ts';
import { strainsOf } from './strain.ts';
import { coarseTargetCpu } from './target-cpu.ts';
import { gates, sameServers, unknownTargetCpu } from './target-warnings.ts';

/** What a reader should know of a cell before trusting its figures. */
export function cellWarnings(
  judged: JudgedCell<CellFindings>,
  gate: Gate,
  { disturbance, imbalance }: Pick<CellReport, 'disturbance' | 'imbalance'>,
): Warning[] {
  const { findings } = judged;
  const { launches } = findings;
  const primary = blockMetricOf(findings.primary);
  const margin = gate.margins[primary];
  const warnings: (Warning | null)[] =
    findings.invalid === null
      ? [rareWork(launches, primary, margin), driftWarning(launches, primary, margin)]
      : [];
  warnings.push(generatorBound(findings.totals, findings.bottleneck));
  warnings.push(...launchWarnings(findings, disturbance));
  if (gates(judged, 'targetCpuPerRequest')) warnings.push(coarseTargetCpu(launches));
  warnings.push(...comparisonWarnings(judged, gate, imbalance));
  return warnings.filter((warning) => warning !== null);
}

/** How the launches of a run went. */
export function launchWarnings(
  run: RunOfCell,
  disturbance: CellReport['disturbance'],
): (Warning | null)[] {
  const { cell, launches, totals, failures } = run;
  const warnings = [
    disturbedWarning(disturbance),
    longSlices(launches, cell.arms.candidate.scenario.requests.length),
    ...exhaustion(strainsOf(run)),
    connectionsOfOthers(cell, launches, totals),
    claimedCpu(launches, engineName(cell.arms.candidate.client.engine)),
  ];
  if (failures.length > 0) {
    warnings.push({
      code: 'void-launches',
      message: `${failures.length} launches failed and were repeated`,
      next: 'Read their reasons in the journal (rows of kind "void").',
    });
  }
  const errors = totals.reduce((sum, t) => sum + t.baseline.errors + t.candidate.errors, 0);
  if (errors > 0) {
    const first = launches
      .flatMap(({ finish }) => [...finish.arms.candidate.workers, ...finish.arms.baseline.workers])
      .find((worker) => worker.firstError !== null)?.firstError;
    warnings.push({
      code: 'errors',
      message: `${errors} requests failed (${first ?? 'no reason given'}); they are in no denominator`,
      next: 'Make the scenario pass without errors, or the figures describe two different loads.',
    });
  }
  return warnings;
}

/** What the comparison itself leaves open. */
export function comparisonWarnings(
  judged: JudgedCell,
  gate: Gate,
  imbalance: CellReport['imbalance'],
): Warning[] {
  const { findings, metrics } = judged;
  const isClosed = findings.cell.arms.candidate.scenario.load.model === 'closed';
  const warnings = [
    isClosed ? imbalanced(imbalance) : null,
    unlikeLatencies(findings.cell.arms),
    unknownTargetCpu(judged),
    sameServers(findings.cell),
  ].filter((warning) => warning !== null);
  if (findings.contract.clauses.some(({ state }) => state === 'unproven')) {
    warnings.push({
      code: 'unproven',
      message: 'some clauses of the contract could not be proven',
      next: 'Read the clauses marked unproven before trusting this cell.',
    });
  }
  if (metrics.some((comparison) => insensitive(comparison, gate.sensitivity))) {
    warnings.push({
      code: 'insensitive',
      message: `this cell could not have seen a change of ${(gate.sensitivity * 100).toFixed(0)} %`,
      next: 'Give it more launches (--launches) or a quieter machine.',
    });
  }
  return warnings;
}
