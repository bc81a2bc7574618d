import type { ByRole, Role } from './plan.ts';

/**
 * CPU profiles of a cell: what one launch, beside those that are measured, spent its time on. A profile explains a verdict
 * and is never part of one. All times are self or total time in µs per request, of the profiled slices, without what
 * was idle.
 */

/** Whose processes: the client's workers, or the target's. */
export type ProfiledPart = 'client' | 'target';

/** To what a function belongs, which is what its time is folded by. */
export interface ProfileOrigin {
  /**
   * `package`: below node_modules, `name` is the package's. `node`: Node's own, `name` is the module such as `node:tls`. `bench`: our
   * worker or built-in target. `own`: any other file, `name` is its path. `runtime`: no function at all, `name` is what V8
   * says, such as `(garbage collector)` or `(program)`, native code that no JavaScript called. `rest`: all that was too
   * small to be kept.
   */
  readonly kind: 'package' | 'node' | 'bench' | 'own' | 'runtime' | 'rest';
  readonly name: string;
}

/** A function of a profile. Names and files are hostile input: whoever shows them escapes them. */
export interface ProfiledFunction {
  /** `(anonymous)` where it has none. */
  readonly name: string;
  readonly origin: ProfileOrigin;
  /**
   * Below its package, its folder or our own, with `/`; the id such as `node:internal/tls/common` for Node's own; empty for native
   * functions, whose origin is that of the JavaScript which called them. Never an absolute path.
   */
  readonly file: string;
}

/** One arm's profile of one part as it is kept: enough to compare and to draw, a few kB. */
export interface KeptProfile {
  /** Answered in the profiled slices. */
  readonly requests: number;
  /** Of the profiled processes in these slices, by their own meters, in µs. */
  readonly cpuUs: number;
  /** Samples that were not idle. */
  readonly samples: number;
  /** What these samples stand for, in µs: the whole that `functions` and `nodes` each add up to. */
  readonly sampledUs: number;
  /** Of the `.cpuprofile` of each process, in the run's folder. */
  readonly files: readonly string[];
  /** By self time, the largest first; what was too small is in one of origin `rest`. `line` is from 1, null where there is none. */
  readonly functions: readonly (ProfiledFunction & {
    readonly line: number | null;
    readonly selfUs: number;
  })[];
  /**
   * The call tree, each node behind its parent: place in `functions`, place of the parent in this list (−1 of a root), and self time
   * in µs. What was too small is a node of `rest` below its caller.
   */
  readonly nodes: readonly (readonly [of: number, parent: number, selfUs: number])[];
}

/** Of a cell that was to be explained, one for each part. Journals before profiles have none. */
export type ProfileRow = { readonly kind: 'profile'; readonly cell: string } & (
  | {
      readonly part: ProfiledPart;
      readonly state: 'taken';
      readonly intervalUs: number;
      readonly arms: ByRole<KeptProfile>;
    }
  | MissingProfile
);

/** Why there is none, and what can be done about it. */
export interface MissingProfile {
  readonly part: ProfiledPart;
  /** `impossible`: of such a process there is never one. `failed`: this time. */
  readonly state: 'impossible' | 'failed';
  readonly reason: string;
  readonly next: string;
}

/** A part of a cell in the report. */
export type ProfileReport = TakenProfile | MissingProfile;

export interface TakenProfile {
  readonly part: ProfiledPart;
  readonly state: 'taken';
  /** Time from sample to sample. */
  readonly intervalUs: number;
  readonly arms: ByRole<ProfiledArm>;
  /** The sampled time of all functions. Its share is 1, or null where the whole change is within the noise. */
  readonly whole: ProfileFigures;
  /** By size of the difference, the largest first; they add up to the whole. */
  readonly origins: readonly (ProfileFigures & { readonly origin: ProfileOrigin })[];
  /** The same of single functions, matched by name and file; one may be of origin `rest`. */
  readonly functions: readonly FunctionDifference[];
  /** The call trees of both arms as one, each place behind its caller: for a flame graph, or a tree that opens. */
  readonly stacks: readonly StackDifference[];
}

export interface ProfiledArm {
  readonly requests: number;
  readonly samples: number;
  /** CPU in the launches that were measured, without a profiler, in µs per request; of the profiled slices where no launch tells. */
  readonly cpuPerRequest: number;
  /**
   * Of that, what the samples that were not idle account for. Above 1 the process waited for its core, or for the profiler: all
   * times of the arm are then divided by this, so that they add up to what was measured. Below 1 something was not seen.
   */
  readonly accounted: number;
  /** In the run's folder, for Chrome DevTools or speedscope: `profiles/…cpuprofile`, one for each process. */
  readonly files: readonly string[];
}

/** In µs per request. */
export interface ProfileFigures extends ByRole<number> {
  /** Candidate − baseline. */
  readonly difference: number;
  /** Standard error of the difference by the number of samples alone: a difference of less than three of it may be chance. */
  readonly noise: number;
  /** Of the whole change, 0.25 is a quarter, below 0 where it went the other way; null where the whole change is within the noise. */
  readonly share: number | null;
}

/** Self time. */
export interface FunctionDifference extends ProfileFigures, ProfiledFunction {
  /** Lines move between versions, so they do not match functions; null where the arm has none. */
  readonly line: Readonly<Record<Role, number | null>>;
  /** Of Node's own functions the nearest caller that is none of them, by which most of the difference came: its place in `functions`; null of any other. */
  readonly calledBy: number | null;
}

/** A place in the call tree: a function, and how it was come to. In µs per request. */
export interface StackDifference {
  /** Its place in `functions`, whose figures are of all such places. */
  readonly of: number;
  /** The place of its caller in `stacks`; −1 where it has none. */
  readonly parent: number;
  /** Spent in it and below it: the width of a flame. Those of all without a caller add up to the whole. */
  readonly total: ByRole<number>;
  /** Spent in the function itself; the rest is its callees'. */
  readonly self: ByRole<number>;
}
