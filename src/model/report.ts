import type { Causes } from './causes.ts';
import type { Difference, Machine, SubjectFingerprint } from './fingerprint.ts';
import type { MetricDefinition, MetricName } from './metrics.ts';
import type { NetworkSeries, NetworkSpan } from './network.ts';
import type { ByRole, Clients, Limit, Measure, Side } from './plan.ts';
import type { Warning } from './warning.ts';

export const verdicts = [
  'regression',
  'slower',
  'unchanged',
  'faster',
  'improvement',
  'inconclusive',
  'invalid',
] as const;
export type Verdict = (typeof verdicts)[number];

export type Outcome = 'pass' | 'regression' | 'limit-broken' | 'insensitive' | 'invalid';

export const reportSchemaVersion = 1;

/** `report.json`, and the one source of every other output. Nothing downstream of it decides anything. */
export interface Report {
  readonly schemaVersion: typeof reportSchemaVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly id: string;
  readonly createdAt: string;
  readonly seed: number;
  readonly matrix: { readonly name: string; readonly file: string };
  /** Under which the run is kept; null of a comparison. */
  readonly label: string | null;
  readonly description: string;
  readonly state: 'complete' | 'interrupted' | 'failed' | 'unfinished';
  readonly outcome: Outcome;
  readonly exitCode: number;
  /** The outcome in one sentence. */
  readonly sentence: string;
  readonly axes: readonly { readonly name: string; readonly variants: readonly string[] }[];
  readonly compare: { readonly axis: string; readonly side: Side } & ReportedPairing;
  readonly baseline: ReportedSubject;
  /** The first of the candidates, and in most runs the only one. */
  readonly candidate: ReportedSubject;
  /** Each is judged against the baseline, in cells of its own. */
  readonly candidates: readonly [ReportedSubject, ...ReportedSubject[]];
  readonly differences: readonly ReportedDifference[];
  /** Null of imported results: nobody knows. */
  readonly environment: Machine | null;
  readonly method: {
    readonly alpha: number;
    readonly sensitivity: number;
    readonly family: number;
    readonly failOn: string;
    readonly strict: boolean;
  } & (MeasuredMethod | ImportedMethod);
  readonly cells: readonly CellReport[];
  readonly causes: Causes;
  readonly warnings: readonly Warning[];
}

export interface ReportedSubject {
  /** As the user gives it. */
  readonly name: string;
  readonly fingerprint: SubjectFingerprint;
}

export interface ReportedDifference extends Difference {
  /** Names of the candidates that differ so. */
  readonly of: readonly string[];
}

type MeasuredMethod = Measure & {
  readonly kind: 'measured';
  /** Whether some launch had a client that was paused by signals. */
  readonly paused: boolean;
  /** Whether some launch had a client that could not even be paused, and was started for each slice. */
  readonly whole: boolean;
};

/** What another program measured, by its own account. */
interface ImportedMethod {
  readonly kind: 'imported';
  /** What each program calls a latency. */
  readonly latency: Readonly<Record<string, string>>;
}

/** Whether both arms were measured in one run, in turn, or each in a run of its own, or both by another program. */
export type ReportedPairing =
  | { readonly kind: 'paired' }
  | ({ readonly kind: 'unpaired'; readonly apartMs: number } & ByRole<{
      readonly run: string;
      readonly measuredAt: string;
    }>)
  | ({ readonly kind: 'imported' } & ByRole<{
      readonly run: string;
      readonly importedAt: string;
      /** Each is a launch. */
      readonly files: readonly string[];
    }>);

export type Bottleneck = 'client' | 'target' | 'both' | 'neither' | 'unknown';

/** What others did to us: had our core while we were ready, had the whole machine, or stopped us by a quota. */
export const disturbances = ['waited', 'stolen', 'throttled'] as const;
export type Disturbance = (typeof disturbances)[number];

/** Blocks of the launches that counted. */
export interface DisturbanceReport {
  readonly blocks: number;
  /** Blocks in which others took more than a little. */
  readonly disturbed: number;
  /** Of the time on our cores, over all blocks; null where the system does not tell. */
  readonly shares: Readonly<Record<Disturbance, number | null>>;
  /** Blocks that no rate contains, by the signal that decided it. */
  readonly rejected: Readonly<Record<Disturbance, number>>;
  /** Their slices; the same number in both arms. */
  readonly rejectedSlices: ByRole<number>;
}

/** TCP in the slices of an arm, other programs of the network namespace included. */
export interface NetworkReport {
  /** Of each second. */
  readonly launch: readonly number[];
  /** Of the arm's own measured time, launch after launch; a rate is a count over `ms`. */
  readonly seconds: NetworkSeries;
  readonly totals: NetworkSpan;
}

export interface CellReport {
  readonly id: string;
  /** Of several candidates the compare axis is the first. */
  readonly variants: Readonly<Record<string, string>>;
  /** The name of what is judged in it. */
  readonly candidate: string;
  readonly verdict: Verdict;
  /** Why, in words; always there when `invalid`. */
  readonly reason: string | null;
  /** Launches that counted; of an unpaired comparison the candidate's. */
  readonly launches: number;
  /** The same of the baseline: of a paired comparison they are the same launches. */
  readonly baselineLaunches: number;
  readonly voidLaunches: number;
  /** All launches had the same remote workers: the verdict is of one pair of processes, and slower or faster at most. */
  readonly onePair: boolean;
  readonly bottleneck: ByRole<Bottleneck>;
  readonly primary: MetricName;
  readonly clients: Clients;
  /** Of paced load; null where there is no pace, and before the first launch. */
  readonly pace: Pace | null;
  readonly contract: { readonly ok: boolean; readonly clauses: readonly Clause[] };
  readonly metrics: readonly Comparison[];
  readonly limits: readonly LimitReport[];
  readonly workers: ByRole<readonly WorkerFigures[]>;
  /** Null with one worker. */
  readonly imbalance: ByRole<Imbalance | null>;
  readonly disturbance: DisturbanceReport;
  /** Null where the kernel does not tell. */
  readonly network: ByRole<NetworkReport | null>;
  readonly warnings: readonly Warning[];
}

export interface Pace {
  /** Requests per second, all workers together. */
  readonly intendedRate: number;
  readonly users: number | null;
  /** Requests per second that the baseline carried, where the users follow from it. */
  readonly capacity: number | null;
}

export interface Clause {
  readonly clause: string;
  readonly state: 'proven' | 'broken' | 'unproven';
  readonly expected: string;
  readonly observed: string;
}

/** metric × cell. */
export interface Comparison {
  readonly metric: MetricName;
  readonly unit: MetricDefinition['unit'];
  readonly better: MetricDefinition['better'];
  readonly gating: boolean;
  /** Geometric means over launches; null where nothing could be measured. */
  readonly baseline: number | null;
  readonly candidate: number | null;
  /** Relative: +0.52 is 52 % more. Null with fewer than two launches, or where a ratio has no meaning. */
  readonly change: Interval | null;
  readonly p: number | null;
  /** Corrected for the family; null where the metric does not gate. */
  readonly adjustedP: number | null;
  /** Exact sign-flip test on the launches: a note beside the t test, never a veto. Null unpaired. */
  readonly signFlipP: number | null;
  /** p of the test that the change lies outside ± margin; small proves `unchanged`. */
  readonly equivalenceP: number | null;
  readonly margin: number;
  /** The change that this run would have seen with 80 % power at this level. */
  readonly detectable: number | null;
  readonly verdict: Verdict;
  /** Relative change in each launch; unpaired, of each of the candidate's against the mean of the baseline's. */
  readonly perLaunch: readonly number[];
}

/** limit × cell: the candidate alone, beside the comparison. */
export type LimitReport = Limit & {
  readonly unit: MetricDefinition['unit'];
  readonly better: MetricDefinition['better'];
} & (
    | {
        readonly state: 'held' | 'broken';
        /** As the comparison shows it. */
        readonly observed: number;
        /** Of the mean over launches, of each limit by itself; null where launches have none. */
        readonly interval: {
          readonly low: number;
          readonly high: number;
          readonly level: number;
        } | null;
      }
    /** The metric was not measured in this cell, or the cell is invalid: nobody knows. */
    | { readonly state: 'unmeasured'; readonly observed: null; readonly interval: null }
  );

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** 0.95, or higher where the family is corrected for. */
  readonly level: number;
}

/** How far the rates of the fastest and the slowest worker of a launch are apart, 0.1 is 10 % of their mean: mean over launches, and the range. */
export interface Imbalance {
  readonly mean: number;
  readonly range: readonly [number, number];
}

/** Mean over launches, and the range. A worker is new in every launch. */
export interface WorkerFigures {
  readonly worker: number;
  readonly rps: number;
  readonly cpuUtilisation: number;
  readonly cpuPerRequest: number;
  readonly rpsRange: readonly [number, number];
  readonly cpuUtilisationRange: readonly [number, number];
  readonly cpuPerRequestRange: readonly [number, number];
}
