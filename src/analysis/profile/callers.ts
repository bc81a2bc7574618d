import type { ProfiledFunction, StackDifference } from '../../model/profile.ts';

/**
 * By whom Node's own functions were called: of the callers nearest to each place of the tree that are not Node's, the one
 * through which most of the difference came.
 * @returns by place in `functions`, place of the caller; none of functions that are not Node's, and that nobody else called.
 */
export function callersOf(
  functions: readonly ProfiledFunction[],
  stacks: readonly StackDifference[],
): ReadonlyMap<number, number> {
  const changes = new Map<number, Map<number, number>>();
  /** Nearest such caller of each place; a caller comes before what it calls. */
  const nearest: (number | null)[] = [];
  for (const [at, { of, parent, self }] of stacks.entries()) {
    const caller = nearest[parent] ?? null;
    const kind = functions[of]?.origin.kind;
    const isOthers = kind === 'own' || kind === 'package' || kind === 'bench';
    nearest[at] = isOthers ? of : caller;
    if (kind !== 'node' || caller === null) continue;
    const known = changes.get(of) ?? new Map<number, number>();
    known.set(caller, (known.get(caller) ?? 0) + self.candidate - self.baseline);
    changes.set(of, known);
  }
  return new Map(
    [...changes].flatMap(([of, byCaller]) => {
      const [most] = [...byCaller].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
      return most === undefined ? [] : [[of, most[0]] as const];
    }),
  );
}
