import type { MetricName } from '../../model/metrics.ts';
import type { ByRole, Cell } from '../../model/plan.ts';
import type { Bottleneck, Comparison } from '../../model/report.ts';
import type { Weighted } from '../../stats/combination.ts';
import type { ArmTotals } from '../arm-totals.ts';
import type { CellFindings, Findings } from '../cell.ts';
import type { JudgedCell } from '../judge-matrix.ts';
import type { UnpairedFindings } from '../unpaired-cell.ts';

/** What explains a comparison needs of a judged cell, whether both arms ran in each launch or in runs of their own. */
export interface ComparedCell {
  readonly cell: Cell;
  readonly primary: MetricName;
  readonly invalid: string | null;
  readonly bottleneck: ByRole<Bottleneck>;
  readonly metrics: readonly Comparison[];
  readonly launches: Launches;
}

type Launches =
  | { readonly kind: 'paired'; readonly launches: readonly ByRole<ArmTotals>[] }
  /** Of two runs, in each of which both arms of a launch are the same. */
  | { readonly kind: 'unpaired'; readonly runs: ByRole<readonly ByRole<ArmTotals>[]> };

const judgedOf = ({ findings, metrics }: JudgedCell<Findings>) => {
  const { cell, primary, invalid, bottleneck } = findings;
  return { cell, primary, invalid, bottleneck, metrics };
};

export const pairedCell = (judged: JudgedCell<CellFindings>): ComparedCell => ({
  ...judgedOf(judged),
  launches: { kind: 'paired', launches: judged.findings.totals },
});

export const unpairedCell = (judged: JudgedCell<UnpairedFindings>): ComparedCell => {
  const { baseline, candidate } = judged.findings.runs;
  const runs = { baseline: baseline.totals, candidate: candidate.totals };
  return { ...judgedOf(judged), launches: { kind: 'unpaired', runs } };
};

/** The metric that says what CPU a side takes. */
export const cpuMetric = { client: 'cpuPerRequest', target: 'targetCpuPerRequest' } as const;

/** One value for each launch of each arm; of paired ones the same index is the same launch. */
export interface Samples extends ByRole<readonly number[]> {
  readonly kind: Launches['kind'];
}

/** @param of null where an arm does not have it: then its launch does not count. */
export function samplesOf(
  { launches }: ComparedCell,
  of: (arm: ArmTotals) => number | null,
): Samples {
  const pairsIn = (all: readonly ByRole<ArmTotals>[]) =>
    all.flatMap((arms) => {
      const [baseline, candidate] = [of(arms.baseline), of(arms.candidate)];
      return baseline === null || candidate === null ? [] : [{ baseline, candidate }];
    });
  if (launches.kind === 'paired') {
    const pairs = pairsIn(launches.launches);
    return {
      kind: 'paired',
      baseline: pairs.map(({ baseline }) => baseline),
      candidate: pairs.map(({ candidate }) => candidate),
    };
  }
  const means = (run: readonly ByRole<ArmTotals>[]): number[] =>
    pairsIn(run).map(({ baseline, candidate }) => (baseline + candidate) / 2);
  return {
    kind: 'unpaired',
    baseline: means(launches.runs.baseline),
    candidate: means(launches.runs.candidate),
  };
}

/** Fewer launches say nothing of how they scatter. */
export const areEnough = ({ baseline, candidate }: Samples): boolean =>
  Math.min(baseline.length, candidate.length) >= 2;

/**
 * Σ weight × mean of both arms. What the arms of one launch have in common falls out of their difference: paired, that
 * difference is the observation.
 */
export const difference = (samples: Samples, weights: ByRole<number>): readonly Weighted[] => {
  const weighted = (role: 'baseline' | 'candidate') =>
    samples[role].map((value) => weights[role] * value);
  const [baseline, candidate] = [weighted('baseline'), weighted('candidate')];
  if (samples.kind === 'unpaired')
    return [baseline, candidate].map((sample) => ({ weight: 1, sample }));
  return [{ weight: 1, sample: candidate.map((value, i) => value + (baseline[i] ?? 0)) }];
};

/** Those that differ in their candidate are explained by themselves. */
export function byCandidate(cells: readonly ComparedCell[]): ReadonlyMap<string, ComparedCell[]> {
  const groups = new Map<string, ComparedCell[]>();
  for (const cell of cells) {
    const { candidate } = cell.cell;
    groups.set(candidate, [...(groups.get(candidate) ?? []), cell]);
  }
  return groups;
}
