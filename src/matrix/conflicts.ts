import type { LocatedMapping } from './located.ts';
import { type Write, writes } from './overlay.ts';
import { failureAt, type KeyPath, keyPath, type Place } from './place.ts';

/** Everything that one axis, or one option, may write. */
export interface Writer {
  readonly name: string;
  readonly overlays: readonly LocatedMapping[];
}

const holds = (parent: KeyPath, path: KeyPath): boolean =>
  parent.every((key, i) => key === path[i]);

const overlap = (a: Write, b: Write): boolean => holds(a.path, b.path) || holds(b.path, a.path);

const inWords = (place: Place): string => {
  if (place.kind === 'option') return place.option;
  const line = place.kind === 'file' ? ` in line ${place.line}` : '';
  return keyPath(place.path) + line;
};

/**
 * Two axes that write one setting would make the result depend on their order, so that one of them
 * would do nothing in some cells without a word.
 * @throws BenchFailure `configuration` at the second of the two.
 */
export const refuseConflicts = (writers: readonly Writer[]): void => {
  const written = writers.map(({ name, overlays }) => ({
    name,
    writes: overlays.flatMap((overlay) => writes(overlay)),
  }));
  for (const [i, later] of written.entries())
    for (const earlier of written.slice(0, i))
      for (const write of later.writes) {
        const other = earlier.writes.find((candidate) => overlap(candidate, write));
        if (!other) continue;
        // A place in the file is of more use than the option that disagrees with it.
        const [at, against] = write.node.place.kind === 'option' ? [other, write] : [write, other];
        const fix =
          against.node.place.kind === 'option'
            ? `Take it out of the axis ${at === write ? later.name : earlier.name}.`
            : `Write it in one of the axes ${earlier.name} and ${later.name} only.`;
        throw failureAt(
          at.node.place,
          `${inWords(against.node.place)} writes the same setting. ${fix}`,
        );
      }
};
