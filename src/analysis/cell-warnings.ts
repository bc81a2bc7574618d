import type { MetricName } from '../model/metrics.ts';
import type { Gate } from '../model/plan.ts';
import type { CellReport } from '../model/report.ts';
import type { Warning } from '../model/warning.ts';
import { blockMetricOf } from './blocks.ts';
import { connectionsOfOthers } from './connections-of-others.ts';
import { disturbedWarning } from './disturbed.ts';
import { driftWarning } from './drift.ts';
import { exhaustion } from './exhaustion.ts';
import { generatorBound } from './generator.ts';
import { imbalanced } from './imbalance.ts';
import type { JudgedCell } from './judge-matrix.ts';
import { longSlices } from './long-slices.ts';
import { insensitive } from './outcome.ts';
import { rareWork } from './rare-work.ts';
import { strainsOf } from './strain.ts';
import { coarseTargetCpu } from './target-cpu.ts';

/** What a reader should know of a cell before trusting its figures. */
export function cellWarnings(
  { findings, metrics }: JudgedCell,
  gate: Gate,
  { disturbance, imbalance }: Pick<CellReport, 'disturbance' | 'imbalance'>,
): Warning[] {
  const { cell, launches, failures, totals, contract } = findings;
  const primary = blockMetricOf(findings.primary);
  const margin = gate.margins[primary];
  const warnings: (Warning | null)[] =
    findings.invalid === null
      ? [rareWork(launches, primary, margin), driftWarning(launches, primary, margin)]
      : [];
  warnings.push(generatorBound(totals, findings.bottleneck));
  warnings.push(disturbedWarning(disturbance));
  const { load, requests } = cell.arms.candidate.scenario;
  if (load.model === 'closed') warnings.push(imbalanced(imbalance));
  warnings.push(longSlices(launches, requests.length));
  warnings.push(...exhaustion(strainsOf(findings)), connectionsOfOthers(cell, launches, totals));
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
  const gates = (name: MetricName): boolean =>
    metrics.some(({ metric, gating }) => gating && metric === name);
  if (gates('targetCpuPerRequest')) warnings.push(coarseTargetCpu(launches));
  if (gates('latencyMean') && !findings.targetCpuKnown) {
    warnings.push({
      code: 'target-cpu-unknown',
      message: 'the CPU of the target could not be read; its latency stands in for it',
      next: 'Measure on Linux, where the kernel tells the CPU of every process.',
    });
  }
  if (contract.clauses.some(({ state }) => state === 'unproven')) {
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
  return warnings.filter((warning) => warning !== null);
}
