import type { MetricName } from './metrics.ts';
import type { Settings } from './settings.ts';
import type { Fraction } from './units.ts';

export type Role = 'baseline' | 'candidate';
export const roles = ['baseline', 'candidate'] as const;
export const otherRole = (role: Role): Role => (role === 'baseline' ? 'candidate' : 'baseline');
export type ByRole<T> = Readonly<Record<Role, T>>;

/** One combination of the axes that are not compared, in both roles; of several candidates each has cells of its own. */
export interface Cell {
  /** `tls=1.3,reuse=close`; `all` where the compare axis is the only one; of several candidates `version=v2,tls=1.3,reuse=close`. */
  readonly id: string;
  /** Of several candidates the compare axis is the first. */
  readonly variants: Readonly<Record<string, string>>;
  /** What is judged in it, by the name that a user gives it. */
  readonly candidate: string;
  readonly arms: ByRole<Settings>;
  readonly clients: Clients;
}

/** A client for each arm, or one that both share: where only the target differs, its own scatter then falls out of the ratio. */
export type Clients = 'each' | 'shared';

/** What the compare axis changes, and so what is under test. */
export type Side = 'client' | 'target' | 'both';

export interface Gate {
  readonly margins: Readonly<Record<MetricName, Fraction>>;
  /** Of the candidate, in every cell; each metric once at most. */
  readonly limits: readonly Limit[];
  /** A run that could not have seen a change of this size does not pass. */
  readonly sensitivity: Fraction;
  /** Family-wise error rate of the whole matrix. */
  readonly alpha: Fraction;
  readonly failOn: 'regression' | 'inconclusive' | 'never';
  readonly strict: boolean;
}

/** How bad a metric may be in itself, whatever the baseline is. */
export interface Limit {
  readonly metric: MetricName;
  /** In the metric's unit. The most where less is better, the least where more is. */
  readonly limit: number;
}

export interface Measure {
  /** Launches at which a cell is judged, rising. The last is the most that a cell gets. */
  readonly looks: readonly [number, ...number[]];
  /** Wall time that the whole run may take; null where the looks alone decide. */
  readonly budgetMs: number | null;
  /** Time in measured slices per launch, both arms together. */
  readonly sliceTimeMs: number;
  /** Warm-up ends when neither arm trends, at the latest after this. */
  readonly warmupMs: number;
}

/** What a run is asked about workers. */
export interface CapacityWish {
  /** Of a core, that a worker is planned to use: near to 100 % it is late for every burst. */
  readonly utilisation: Fraction;
  /** Requests per second that all workers together shall carry; null where nobody said. */
  readonly targetRate: number | null;
}

/** What is compared with what. The arms' names are those that a user gives them. */
export type Compare = {
  readonly axis: string;
  readonly side: Side;
  /** Settings that what is compared writes, such as `client.runtime`: between two runs only these may differ. */
  readonly written: readonly string[];
  readonly baseline: string;
  /** Those that some cell has, each judged against the baseline; one where that is a stored run. */
  readonly candidates: readonly [string, ...string[]];
} & Pairing;

/**
 * Paired: both arms of the cells are measured in one run, in turn. Unpaired: each was measured in a run of its own,
 * against itself, so that both arms of the cells are the candidate, and the baseline is in the stored run.
 */
type Pairing = { readonly kind: 'paired' } | Unpaired;

export interface Unpaired {
  readonly kind: 'unpaired';
  readonly stored: {
    readonly baseline: StoredRun;
    /** Null where this run measured it. */
    readonly candidate: StoredRun | null;
  };
}

/** A run that was kept under a label. */
export interface StoredRun {
  readonly label: string;
  readonly variant: string;
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
}

/** Everything that decides what will run; stored in the journal's header, so that a run explains itself. */
export interface Plan {
  readonly matrix: { readonly name: string; readonly file: string };
  /** Under which the run is kept, as what one variant costs; null of a comparison. */
  readonly label: string | null;
  readonly description: string;
  /** The axes that span the cells, in file order. The compare axis is among them, as the first, where there are several candidates. */
  readonly axes: readonly { readonly name: string; readonly variants: readonly string[] }[];
  readonly compare: Compare;
  readonly cells: readonly [Cell, ...Cell[]];
  readonly gate: Gate;
  readonly measure: Measure;
  readonly capacity: CapacityWish;
  readonly seed: number;
}

/** What an arm of a cell is called. */
export const armName = ({ candidate }: Cell, role: Role, { baseline }: Compare): string =>
  role === 'baseline' ? baseline : candidate;

/** What cells have in common that differ in their candidate alone. */
export const combinationOf = ({ variants }: Cell, { axis }: Compare): string =>
  JSON.stringify(Object.entries(variants).filter(([name]) => name !== axis));
