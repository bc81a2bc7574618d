import type { MetricName } from '../model/metrics.ts';
import type { ByRole } from '../model/plan.ts';
import type { Looks } from '../stats/sequential.ts';

/** One metric of one cell over its launches, not yet judged: the family decides about levels first. */
export type Observed = PairedObserved | UnpairedObserved;

interface AnyObserved {
  readonly metric: MetricName;
  readonly gating: boolean;
  /** By launch. */
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
}

export interface PairedObserved extends AnyObserved {
  readonly kind: 'paired';
  /** ln(candidate ÷ baseline) of each launch; empty where a ratio has no meaning. */
  readonly ratios: readonly number[];
  readonly looks: Looks;
}

/** Each arm has launches of its own, and was judged once, when all of them were over. */
export interface UnpairedObserved extends AnyObserved {
  readonly kind: 'unpaired';
  /** Natural logarithms of the metric, one for each launch; empty where a ratio has no meaning. */
  readonly logs: ByRole<readonly number[]>;
}
