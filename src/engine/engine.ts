import type { Counts, Observed } from '../model/counts.ts';
import type { Settings } from '../model/settings.ts';
import type { Micros } from '../model/units.ts';

/** The parent's half of a load engine. Later engines fit behind this, or it changes here for all. */
export interface Engine {
  readonly name: Settings['client']['engine'];
  /** Names the first setting that the engine cannot honour on this runtime, or null. Asked before anything runs. */
  refuses(settings: Settings, runtimeVersion: string): string | null;
  /** @throws BenchFailure when a worker does not get ready. */
  start(start: ClientStart): Promise<RunningClient>;
}

export interface ClientStart {
  /** For messages: `client v1`. */
  readonly name: string;
  readonly settings: Settings;
  /** The executable that runs the workers. */
  readonly runtime: string;
  readonly host: string;
  /** Of the target, once it serves; processes may start before. */
  readonly port: Promise<number>;
  readonly servername: string;
  readonly caFile: string;
  readonly env: Readonly<Record<string, string>>;
  /** One entry per worker; null where pinning is not to be had. */
  readonly cores: readonly (number | null)[];
  readonly started: (stop: () => Promise<void>) => void;
}

export interface RunningClient {
  readonly workers: readonly { readonly pid: number; readonly core: number | null }[];
  /** Since the processes began, summed over workers. */
  counts(): Counts;
  /** Shares the requests among the workers, runs them, and returns what each measured. */
  slice(requests: number, measured: boolean, deadlineMs: number): Promise<readonly WorkerSlice[]>;
  finish(): Promise<readonly WorkerFinish[]>;
  stop(): Promise<void>;
}

export interface WorkerSlice {
  readonly wallUs: Micros;
  readonly cpuUs: Micros;
  readonly counts: Counts;
}

interface WorkerFinish {
  readonly rssBytes: number;
  readonly latency: string;
  readonly observed: Observed;
  readonly firstError: string | null;
}
