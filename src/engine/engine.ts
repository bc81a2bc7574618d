import type { ClaimedCpu, Counts, Observed, Replayed, WholeCounts } from '../model/counts.ts';
import type { EngineName, Settings } from '../model/settings.ts';
import type { Micros } from '../model/units.ts';
import type { Crew, CrewStart } from './crew.ts';

/** The parent's half of a load engine. Later engines fit behind this, or it changes here for all. */
export interface Engine {
  readonly name: EngineName;
  /** Names the first setting that the engine cannot honour on these versions, or null. Asked before anything runs. */
  refuses(settings: Settings, versions: Versions): string | null;
  /** @throws BenchFailure when a worker does not get ready. */
  start(start: ClientStart): Promise<RunningClient>;
  /**
   * The same processes send to both targets in turn. Null where the engine cannot.
   * @returns one client for each port, in their order.
   */
  readonly startShared:
    | ((start: SharedClientStart) => Promise<readonly [RunningClient, RunningClient]>)
    | null;
  /** Workers on other machines. Null where the engine cannot have any. @throws ChildFailure where their master does not start. */
  readonly startCrew: ((start: CrewStart) => Promise<Crew>) | null;
}

/** Of an arm: what is installed, or what the matrix says, which may be a range such as `20`. */
export interface Versions {
  readonly runtime: string;
  /** Of the engine's own program; null where it has none, or does not say. */
  readonly program: string | null;
}

export interface AnyClientStart {
  /** For messages: `client v1`. */
  readonly name: string;
  readonly settings: Settings;
  /** The same as the matrix says them, with the names of variables: what is kept is made of these. */
  readonly declared: Settings;
  /** Where files of this client are kept, and how their names end. */
  readonly place: { readonly runFolder: string; readonly name: string };
  /** The Node that runs the workers, or the Node or Python that runs the engine; the empty string where it is a program of its own. */
  readonly runtime: string;
  /** The engine's own program, or the library that it measures; the name of a module where Python runs it; the empty string where it is ours. */
  readonly program: string;
  /** The target's address, or a name for it that `resolver` knows. */
  readonly host: string;
  readonly servername: string;
  readonly caFile: string;
  readonly env: Readonly<Record<string, string>>;
  /** One entry per worker; null where pinning is not to be had. */
  readonly cores: readonly (number | null)[];
  readonly started: (stop: () => Promise<void>) => void;
}

export interface ClientStart extends AnyClientStart {
  /** Of the target, once it serves; processes may start before. */
  readonly port: Promise<number>;
  readonly resolver: ResolverAddress;
  /** Requests that the target has answered so far; null where it does not count. */
  readonly served: (() => Promise<number>) | null;
}

export interface SharedClientStart extends AnyClientStart {
  readonly ports: readonly [Promise<number>, Promise<number>];
  readonly resolvers: readonly [ResolverAddress, ResolverAddress];
}

/** `address:port` of the arm's resolver, once it answers; null where `host` is an address. */
type ResolverAddress = Promise<string | null>;

/** How an arm's client comes to rest while the other arm runs. */
export type RunningClient = CooperativeClient | PausedClient | WholeClient;

interface Client {
  readonly workers: readonly { readonly pid: number | null; readonly core: number | null }[];
  finish(): Promise<readonly WorkerFinish[]>;
}

/** Our own workers: they stop issuing, drain, and report at the slice's edge. */
export interface CooperativeClient extends Client {
  readonly kind: 'cooperative';
  /** Since the processes began, summed over workers. */
  counts(): Counts;
  /** Shares the requests among the workers, runs them, and returns what each measured. */
  slice(requests: number, measured: boolean, deadlineMs: number): Promise<readonly WorkerSlice[]>;
  /** Paced load for the ramp and the window; what is in flight at its end is waited for, and not measured. */
  window(
    window: { readonly rampMs: number; readonly ms: number },
    measured: boolean,
    deadlineMs: number,
    edges: { opened(): Promise<void>; closed(): Promise<void> },
  ): Promise<readonly WorkerWindow[]>;
}

/** A program that cannot cooperate: stopped by a signal in the middle of its work, and at rest until `run`. */
export interface PausedClient extends Client {
  readonly kind: 'paused';
  /** How long requests take where nothing rests, at the 90th percentile, by a short run of a second copy beside it. */
  probe(): Promise<number>;
  /** Continues for this long. @returns the time until it was stopped again. */
  run(ms: number, measured: boolean): Promise<Micros>;
  /** Since the process began; to be read at rest. */
  cpuUs(): Micros;
  /** Ends it, for one that takes its place wherever pausing would distort. */
  whole(): Promise<WholeClient>;
}

/** A program that cannot cooperate and must not be paused: started afresh for each slice, which is all of its life. */
export interface WholeClient extends Client {
  readonly kind: 'whole';
  run(ms: number): Promise<WholeRun>;
  /** How long the requests of its last run took, at the 90th percentile. */
  p90Ms(): number;
}

interface WholeRun {
  /** From its first connection to its end. */
  readonly wallUs: Micros;
  readonly cpuUs: Micros;
  /** By its own account. */
  readonly requests: number;
  readonly errors: number;
}

interface WorkerSlice {
  readonly wallUs: Micros;
  readonly cpuUs: Micros;
  readonly counts: Counts;
}

interface WorkerWindow extends WorkerSlice {
  /** While the window was open. */
  readonly requests: number;
  /** Of all that was sent, as the counts are: a request that times out may do so after the window. */
  readonly errors: number;
}

interface WorkerFinish {
  /** Null where the process is another arm's too. */
  readonly rssBytes: number | null;
  readonly latency: string | null;
  readonly observed: Observed;
  /** By request of the scenario; null where it does not tell. */
  readonly replayed: readonly Replayed[] | null;
  readonly firstError: string | null;
  /** By the engine's own meter; empty where it has none. */
  readonly claimedCpu: readonly ClaimedCpu[];
  /** Where it does not count by slice. */
  readonly whole: WholeCounts | null;
}
