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

/** What the kernel keeps of the memory for itself differs from boot to boot by some pages. */
const sameMemory = 0.01;

/** What of a machine is another than before. Two machines of one make cannot be told apart. */
export const machineDifferences = (was: Machine, is: Machine): (keyof Machine)[] =>
  (Object.keys(was) as (keyof Machine)[]).filter((key) => {
    if (key !== 'memoryBytes') return was[key] !== is[key];
    const [a, b] = [was.memoryBytes, is.memoryBytes];
    return Math.abs(a - b) > sameMemory * Math.max(a, b);
  });
