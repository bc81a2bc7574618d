/**
 * A failure that has a known cause: one line that says what, where and what to do next. Anything else
 * that is thrown is a defect of ours, keeps its stack, and ends with 3 too: never with the 1 of a gate that failed.
 *
 * - `configuration`: the user's input is wrong. Exit 2.
 * - `unmeasurable`: this machine, network or subject did not let us measure. Exit 3.
 * - `interrupted`: somebody asked us to stop. Exit 130.
 */
export class BenchFailure extends Error {
  readonly kind: 'configuration' | 'unmeasurable' | 'interrupted';
  constructor(kind: BenchFailure['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BenchFailure';
    this.kind = kind;
  }
}

export const exitCodes = {
  configuration: 2,
  unmeasurable: 3,
  defect: 3,
  interrupted: 130,
} as const;

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
