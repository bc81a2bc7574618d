/** Everything outside that a command may touch; tests pass their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** All of standard input. */
  readonly stdin: () => Promise<string>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly now: () => Date;
  /** Milliseconds from any origin, never going back. */
  readonly monotonic: () => number;
  /** A seed for runs that were not given one. */
  readonly freshSeed: () => number;
  readonly signal: AbortSignal;
}

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}
