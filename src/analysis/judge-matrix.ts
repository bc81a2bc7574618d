import type { Gate } from '../model/plan.ts';
import type { Comparison, LimitReport, Verdict } from '../model/report.ts';
import { holm } from '../stats/holm.ts';
import type { Findings } from './cell.ts';
import { judge, rawP } from './compare.ts';
import { limitReports, unmeasuredLimits } from './limits.ts';
import { capped, isOfOnePair } from './one-pair.ts';

export interface JudgedCell<Found extends Findings = Findings> {
  readonly findings: Found;
  readonly verdict: Verdict;
  readonly metrics: readonly Comparison[];
  readonly limits: readonly LimitReport[];
}

export interface JudgedMatrix<Found extends Findings> {
  readonly cells: readonly JudgedCell<Found>[];
  /** Gating metrics × cells: what the error rate is shared by. */
  readonly family: number;
}

/** The family is every gating metric of every valid cell; Holm corrects over all of it at once. */
export function judgeMatrix<Found extends Findings>(
  all: readonly Found[],
  gate: Gate,
): JudgedMatrix<Found> {
  const family = all
    .filter(({ invalid }) => invalid === null)
    .flatMap(({ observed }) => observed)
    .filter(({ gating }) => gating)
    .flatMap((observed) => {
      const p = rawP(observed);
      return p === null ? [] : [{ observed, p }];
    });
  const corrections = holm(
    family.map(({ p }) => p),
    gate.alpha,
  );
  const corrected = new Map(
    family.map(({ observed }, index) => [observed, corrections[index] ?? null]),
  );
  const cells = all.map((findings) => {
    const atMost = isOfOnePair(findings.cell) ? capped : (comparison: Comparison) => comparison;
    const metrics = findings.observed.map((observed) =>
      gatesOnErrors(atMost(judge(observed, corrected.get(observed) ?? null, gate))),
    );
    if (findings.invalid !== null) {
      return {
        findings,
        verdict: 'invalid' as const,
        metrics: metrics.map((metric) => ({ ...metric, verdict: 'invalid' as const })),
        limits: unmeasuredLimits(gate),
      };
    }
    const limits = limitReports(gate, metrics, findings.observed);
    return { findings, verdict: worst(metrics), metrics, limits };
  });
  return { cells, family: family.length };
}

/** Errors join the gate only where there are any. */
export const gatesOnErrors = (comparison: Comparison): Comparison =>
  comparison.metric === 'errorRate' && comparison.verdict === 'regression'
    ? { ...comparison, gating: true }
    : comparison;

/** A proven change for the worse decides; short of that, a metric that could not be decided does. */
const severity: readonly Verdict[] = [
  'invalid',
  'regression',
  'slower',
  'inconclusive',
  'improvement',
  'faster',
  'unchanged',
];

export function worst(metrics: readonly Comparison[]): Verdict {
  const gating = metrics.filter((metric) => metric.gating).map(({ verdict }) => verdict);
  return severity.find((verdict) => gating.includes(verdict)) ?? 'inconclusive';
}
