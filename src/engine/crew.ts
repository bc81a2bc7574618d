import type { SubjectFingerprint } from '../model/fingerprint.ts';
import type { RemoteWorkers } from '../model/remote.ts';
import type { ClientStart, CooperativeClient } from './engine.ts';

/** Workers of an arm on other machines, with the master that they come to. They stay from launch to launch. */
export interface Crew {
  /** What the other machines must have: `locust==2.26.0`. */
  readonly needs: string;
  /** What somebody has to run there, once for each worker. */
  readonly command: string;
  /**
   * Waits until all of them are here.
   * @returns what they run on; of what differs among them, all that there is.
   * @throws BenchFailure where too few come in time, or one of them runs another release.
   */
  gather(): Promise<SubjectFingerprint>;
  /**
   * As the client of a launch; restarted before it, where the matrix says how.
   * @throws BenchFailure as `gather`; ChildFailure where one goes.
   */
  start(start: ClientStart): Promise<CooperativeClient>;
  /** Tells them to end. */
  stop(): Promise<void>;
}

export interface CrewStart {
  /** For messages: `baseline 2.17.0`. */
  readonly name: string;
  /** How many are expected. */
  readonly workers: number;
  readonly remote: RemoteWorkers;
  /** What runs the master. */
  readonly runtime: string;
  readonly env: Readonly<Record<string, string>>;
  /** PEM file with all that the workers trust. */
  readonly caFile: string;
  /** Told who is here, whenever that changes while they are waited for. */
  readonly say: (line: string) => void;
  /** @throws BenchFailure `interrupted` once somebody asked us to stop. */
  readonly aborted: () => void;
}
