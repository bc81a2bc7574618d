import type { MetricName } from './metrics.ts';
import type { Gate, StoredRun } from './plan.ts';
import type { Micros } from './units.ts';

/** Load generators whose results can be stored and judged without having been measured by us. */
export const foreignPrograms = ['k6', 'locust', 'autocannon', 'wrk'] as const;
export type ForeignProgram = (typeof foreignPrograms)[number];

export const latencyNames = [
  'latencyMean',
  'latencyP50',
  'latencyP90',
  'latencyP95',
  'latencyP99',
] as const satisfies readonly MetricName[];
export type LatencyName = (typeof latencyNames)[number];

/** What one run of a program comes to, by the program's own account. It is one launch: the unit of inference. */
export interface ForeignTotals {
  /** The kind of file. Each takes the time of a run in a way of its own, so two kinds are not compared. */
  readonly form: string;
  /** Answered as the program expects; failed ones are not among them. */
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  /** Null where the file does not tell. */
  readonly latency: Readonly<Record<LatencyName, Micros | null>>;
}

/** First row of a journal that holds imported results. There are no slices in it, and nothing that needs some reads it. */
export interface ImportedHeader {
  readonly kind: 'imported';
  readonly schemaVersion: typeof importedSchemaVersion;
  readonly id: string;
  /** When it was imported: when it was measured is not known. ISO 8601, UTC. */
  readonly createdAt: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly program: ForeignProgram;
  readonly purpose:
    | { readonly kind: 'kept'; readonly label: string }
    /** The rows are the candidate's. */
    | {
        readonly kind: 'compared';
        readonly baseline: StoredRun;
        readonly candidate: StoredRun;
        readonly gate: Gate;
      };
}

export const importedSchemaVersion = 1;

export interface FileRow extends ForeignTotals {
  readonly kind: 'file';
  /** Its name, without the folder. */
  readonly file: string;
}
