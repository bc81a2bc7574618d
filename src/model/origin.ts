import type { Gate } from './plan.ts';

/** What a plan was made from: enough to make it again. */
export interface PlanOrigin {
  /** The folder in which the command was given. */
  readonly cwd: string;
  readonly matrix: MatrixPlace;
  readonly request: PlanRequest;
}

/** As a journal has it: values that are secret are left out of the options. */
export interface StoredOrigin extends PlanOrigin {
  /**
   * A few bits of a digest of all values that the stored plan leaves out; null where there are none. They show that one was
   * changed, and are too few to guess it by.
   */
  readonly hidden: string | null;
}

export type MatrixPlace =
  | { readonly kind: 'shipped'; readonly name: string }
  | { readonly kind: 'file' /** absolute */; readonly file: string };

/** What the command line decides about a run. */
export type PlanRequest =
  | { readonly kind: 'compare'; readonly options: PlanOptions }
  /** One variant against itself. */
  | { readonly kind: 'alone'; readonly options: AloneOptions }
  /** The same, to be judged against a stored run, whose journal lies in the run's folder. */
  | { readonly kind: 'against'; readonly options: AloneOptions };

export interface PlanOptions extends CommonOptions {
  /** A variant of the compare axis, `node@X`, the path of a Node, `npm:undici@X`, `git:REF`, `npm:NAME@X` or `url:http://HOST:PORT`. */
  readonly baseline: string;
  /** The same; several with commas between them. */
  readonly candidate: string;
}

export interface AloneOptions extends CommonOptions {
  readonly variant: string;
  /** The option that names it. */
  readonly option: string;
  readonly label: string | null;
}

export interface CommonOptions {
  /** The compare axis; null for the one that the file names. */
  readonly axis: string | null;
  /** Which side a name stands for that fits both; null for what is usual. */
  readonly side: 'client' | 'target' | null;
  /** Each `tls=1.3,reuse=close`: all of one must match, and one of all. Empty for every cell. */
  readonly only: readonly string[];
  readonly launches: number | null;
  readonly budgetMs: number | null;
  readonly workers: number | null;
  /** Each `target.delay=5ms`, over what the file says outside its axes. */
  readonly set: readonly string[];
  readonly seed: number;
  /** Requests per second that all workers together shall carry; null for what the file says. */
  readonly targetRate: number | null;
  /** `cpuPerRequest=2%,rps=3%` */
  readonly margins: string | null;
  readonly failOn: Gate['failOn'];
  readonly strict: boolean;
}
