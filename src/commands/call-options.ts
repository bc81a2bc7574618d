import type { ProfileWish } from '../analysis/profile/wish.ts';
import type { Tell } from '../campaign/progress.ts';
import type { MatrixExport } from '../matrix/define.ts';
import type { Gate } from '../model/plan.ts';
import type { Format } from '../report/format.ts';

/** What will run, as a program says it. Each is the option of the command line that has its name. */
export interface PlanOptions {
  /**
   * A variant of the compare axis, `node@20.20.2`, `npm:undici@7.30.2`, `git:main`, `npm:fastify@5`, the path of a Node, or a
   * stored `run:LABEL`.
   */
  readonly baseline: string;
  /** The same, for what is to be judged; several are each judged against the baseline. */
  readonly candidate: string | readonly string[];
  /**
   * A file, the name of a shipped matrix, or the matrix itself, whose paths are relative to the working folder.
   * Default: `bench.matrix.*` of the working folder, else `frameworks` for releases of one, else `incident`.
   */
  readonly matrix?: string | MatrixExport | undefined;
  /** The compare axis. Default: what the matrix says, else `version`. */
  readonly axis?: string | undefined;
  /** Which side a Node or a package is of. Default: a Node is the target's where one is started, an engine the client's. */
  readonly side?: 'client' | 'target' | undefined;
  /** Cells, each such as `tls=1.3,reuse=close`. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** Launches per cell, from 2. Default: what the matrix says, else as many as it takes to decide. */
  readonly launches?: number | undefined;
  /** Wall time of the whole run, such as `90s`. Default: what the matrix says, else three minutes. */
  readonly budget?: string | undefined;
  /** Client worker processes per arm, from 1. Default: what the matrix says. */
  readonly workers?: number | undefined;
  /** Settings over those of the matrix, each such as `target.delay=5ms`. */
  readonly set?: readonly string[] | undefined;
  /** Of the schedule, from 0. Default: drawn; the report says which. */
  readonly seed?: number | undefined;
  /** Requests per second that the workers shall carry: the report says how many it takes. Default: what the matrix says. */
  readonly targetRate?: number | undefined;
  /** Such as `cpuPerRequest=2%,rps=3%`. Default: what the matrix says. */
  readonly margin?: string | undefined;
  /** Whether slower within the margin fails too. Default: false. */
  readonly strict?: boolean | undefined;
  /** What makes the report's exit code 1. Default: `regression`. */
  readonly failOn?: Gate['failOn'] | undefined;
  /** Whether a `run:LABEL` that was measured under other conditions is taken. Default: false. */
  readonly acrossMachines?: boolean | undefined;
  /** Folder that holds the runs. Default: `reports`. */
  readonly out?: string | undefined;
}

export interface CompareOptions extends PlanOptions {
  /** What to write into the run's folder. Default: html and json. */
  readonly formats?: readonly Format[] | undefined;
  /** Whether a `target.url` that is not on this machine is sent to. Default: false. */
  readonly allowRemote?: boolean | undefined;
  /** Which cells are explained by CPU profiles: `never`, the three that got worst (`guilty`), all that `changed`, or `all`. Default: `guilty`. */
  readonly profile?: ProfileWish | undefined;
  /** Ends the run after the slice in hand. The report then says `interrupted`, and holds what was measured. */
  readonly signal?: AbortSignal | undefined;
  /** Called between launches, never while a slice runs. What it throws ends the run. */
  readonly onProgress?: Tell | undefined;
}
