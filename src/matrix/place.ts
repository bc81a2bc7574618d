import { BenchFailure } from '../model/failure.ts';
import { printable, shown } from './wording.ts';

export type KeyPath = readonly (string | number)[];

/** Where a value was said: in the matrix file, or by an option of the command line. */
export type Place =
  | {
      readonly kind: 'file';
      readonly file: string;
      /** Both from 1. */
      readonly line: number;
      readonly column: number;
      readonly path: KeyPath;
    }
  | { readonly kind: 'option'; readonly option: string };

/** `axes.tls["1.3"].scenario.requests[0]`: a name that is no plain word stands in quotes. */
export const keyPath = (path: KeyPath): string =>
  path
    .map((key, i) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `[${shown(key)}]`;
      return i === 0 ? key : `.${key}`;
    })
    .join('');

/** A key below a place, which has no place of its own because nobody wrote it. */
export const below = (place: Place, path: KeyPath): Place =>
  place.kind === 'file' ? { ...place, path: [...place.path, ...path] } : place;

const where = (place: Place): string => {
  if (place.kind === 'option') return place.option;
  const position = `${place.file}:${place.line}:${place.column}`;
  return place.path.length === 0 ? position : `${position}: ${keyPath(place.path)}`;
};

/** @param message what is wrong, a full stop, and what to do next. Stays one line whatever names are in it. */
export const failureAt = (place: Place, message: string): BenchFailure =>
  new BenchFailure('configuration', printable(`${where(place)}: ${message}`));
