import { BenchFailure } from '../model/failure.ts';
import { printable, shown } from './wording.ts';

export type KeyPath = readonly (string | number)[];

/** Where a value was said: in the text of a matrix file, in an object that a program made, or by an option. */
export type Place =
  | {
      readonly kind: 'file';
      readonly file: string;
      /** Both from 1. */
      readonly line: number;
      readonly column: number;
      readonly path: KeyPath;
    }
  /** It has keys and no lines. */
  | { readonly kind: 'object'; readonly file: string; readonly path: KeyPath }
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
  place.kind === 'option' ? place : { ...place, path: [...place.path, ...path] };

const where = (place: Place): string => {
  if (place.kind === 'option') return place.option;
  const position =
    place.kind === 'file' ? `${place.file}:${place.line}:${place.column}` : place.file;
  return place.path.length === 0 ? position : `${position}: ${keyPath(place.path)}`;
};

/** @param message what is wrong, a full stop, and what to do next. Stays one line whatever names are in it. */
export const failureAt = (place: Place, message: string): BenchFailure =>
  new BenchFailure('configuration', printable(`${where(place)}: ${message}`));

/** @throws BenchFailure `configuration` for a name that is lost wherever the plan is copied; not even a Map would help. */
export const requireKey = (name: string, place: Place): void => {
  if (name === '__proto__')
    throw failureAt(place, 'this name cannot be a key. Choose another one.');
};
