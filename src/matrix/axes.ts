import type { MatrixFile } from './file-schema.ts';
import { entry, find, type LocatedMapping } from './located.ts';
import { failureAt, type Place } from './place.ts';
import { shown, suggestion } from './wording.ts';

export interface Variant {
  readonly name: string;
  readonly overlay: LocatedMapping;
}

/** At least one variant. In the order of the file. */
export interface Axis {
  readonly name: string;
  readonly place: Place;
  readonly variants: readonly Variant[];
}

export const defaultCompareAxis = 'version';

/** Cell ids and `--only` are made of these names: `tls=1.3,reuse=close`. */
const requireName = (what: string, name: string, place: Place): void => {
  const refuse = (problem: string) => {
    throw failureAt(place, `the name of ${what} ${problem}`);
  };
  if (name.trim() === '') refuse('is empty. Write a name.');
  if (name !== name.trim()) refuse('begins or ends with a blank. Remove it.');
  if (/[,=]/.test(name)) refuse('holds a comma or an equals sign. Use - or + instead.');
  if (/\p{Cc}/u.test(name)) refuse('holds a control character. Remove it.');
};

/**
 * @param root a file that its schema has accepted.
 * @throws BenchFailure `configuration` for an axis without variants and for names that cannot be used.
 */
export const axesOf = (root: LocatedMapping): readonly Axis[] => {
  const axes = find(root, ['axes']);
  if (axes?.kind !== 'mapping') return [];
  if (axes.entries.size === 0)
    throw failureAt(axes.place, 'there is no axis. Write one, or remove the key.');
  return [...axes.entries].map(([name, axis]) => {
    requireName('an axis', name, axis.key);
    const entries = axis.value.kind === 'mapping' ? axis.value.entries : new Map();
    if (entries.size === 0)
      throw failureAt(axis.value.place, 'the axis has no variants. Write at least one.');
    const variants = [...entries].flatMap(([variant, said]): readonly Variant[] => {
      requireName('a variant', variant, said.key);
      return said.value.kind === 'mapping' ? [{ name: variant, overlay: said.value }] : [];
    });
    return { name, place: axis.key, variants };
  });
};

/**
 * The axis that `--baseline` and `--candidate` choose from; null where nobody named one and there is
 * none called `version`.
 * @param option the name that the command line gives, which goes before the file's.
 */
export const compareAxisOf = (
  file: MatrixFile,
  root: LocatedMapping,
  axes: readonly Axis[],
  option: string | null,
): Axis | null => {
  const name = option ?? file.compare ?? defaultCompareAxis;
  const axis = axes.find((candidate) => candidate.name === name);
  if (axis) return axis;
  const place: Place | undefined =
    option === null ? entry(root, 'compare')?.value.place : { kind: 'option', option: '--axis' };
  if (!place) return null;
  const names = axes.map((candidate) => candidate.name);
  throw failureAt(place, `${shown(name)} is not an axis of the matrix. ${suggestion(name, names)}`);
};
