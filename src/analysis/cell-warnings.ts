import { sumCounts } from '../model/counts.ts';
import type { Gate } from '../model/plan.ts';
import type { Warning } from '../model/warning.ts';
import { disturbedWarning } from './disturbed.ts';
import { driftWarning } from './drift.ts';
import type { JudgedCell } from './judge-matrix.ts';
import { insensitive } from './outcome.ts';
import { rareWork } from './rare-work.ts';

/** What a reader should know of a cell before trusting its figures. */
export function cellWarnings({ findings, metrics }: JudgedCell, gate: Gate): Warning[] {
  const { launches, voidLaunches, totals, contract } = findings;
  const margin = gate.margins.cpuPerRequest;
  const warnings: (Warning | null)[] =
    findings.invalid === null ? [rareWork(launches, margin), driftWarning(launches, margin)] : [];
  warnings.push(disturbedWarning(findings.disturbance));
  if (voidLaunches > 0) {
    warnings.push({
      code: 'void-launches',
      message: `${voidLaunches} launches failed and were repeated`,
      next: 'Read their reasons in the journal (rows of kind "void").',
    });
  }
  const errors = sumCounts(totals.flatMap((t) => [t.baseline.client, t.candidate.client])).errors;
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
