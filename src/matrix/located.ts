import type { KeyPath, Place } from './place.ts';

/** What a file says, where every value knows its place. Keys are the text of the source. */
export type Located = LocatedScalar | LocatedList | LocatedMapping;

/** Aliases of a text, and objects that are used more than once, can make a short matrix stand for a huge one. */
export const mostValues = 20_000;

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: string | number | boolean | null;
  /** As written: `2.10` where the value is 2.1. Quotes are gone. */
  readonly source: string;
}

interface LocatedList {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly Located[];
}

export interface LocatedMapping {
  readonly kind: 'mapping';
  readonly place: Place;
  /** A Map, so that no key means anything to the language. */
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly key: Place;
  readonly value: Located;
}

export const plain = (node: Located): unknown => {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
};

export const entry = (node: Located | undefined, key: string | number): Entry | undefined => {
  if (node?.kind === 'mapping') return node.entries.get(String(key));
  if (node?.kind !== 'list' || typeof key !== 'number') return undefined;
  const value = node.items[key];
  return value && { key: value.place, value };
};

/** The node at a path, or the last one on the way to it with the keys that were not there. */
export const locate = (root: Located, path: KeyPath): { node: Located; rest: KeyPath } => {
  const [key, ...rest] = path;
  const next = key === undefined ? undefined : entry(root, key);
  return next ? locate(next.value, rest) : { node: root, rest: path };
};

export const find = (root: Located, path: KeyPath): Located | undefined => {
  const { node, rest } = locate(root, path);
  return rest.length === 0 ? node : undefined;
};

export const mapping = (
  place: Place,
  entries: Iterable<readonly [string, Located]>,
): LocatedMapping => ({
  kind: 'mapping',
  place,
  entries: new Map([...entries].map(([key, value]) => [key, { key: value.place, value }])),
});
