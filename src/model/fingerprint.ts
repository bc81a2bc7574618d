/** What an arm really ran on. Flat, so that two arms are compared key by key. */
export type SubjectFingerprint = Readonly<Record<string, string>>;

export interface Machine {
  readonly os: string;
  readonly kernel: string;
  readonly arch: string;
  readonly cpu: string;
  /** Cores that this process may use. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** The Node that runs the harness and the built-in target. */
  readonly node: string;
  readonly governor: string | null;
  readonly virtualisation: string | null;
}

export interface Difference {
  readonly key: string;
  readonly baseline: string;
  readonly candidate: string;
}
