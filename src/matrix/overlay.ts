import type { Entry, Located, LocatedMapping } from './located.ts';
import type { KeyPath } from './place.ts';

/** A mapping whose keys depend on what kind it is. */
interface Discriminated {
  /** The kind that a mapping says; undefined where it leaves that to what is below it. */
  readonly said: (node: LocatedMapping) => string | undefined;
  /** What it is when nobody says it. */
  readonly unsaid: string;
  /** The keys that every kind has, and that a change of kind leaves alone. */
  readonly shared: readonly string[];
  /** A kind that has not even those. */
  readonly alone: string | null;
}

const textAt = (node: LocatedMapping, key: string): string | undefined => {
  const found = node.entries.get(key)?.value;
  return found?.kind === 'scalar' ? found.source : undefined;
};

const discriminated: ReadonlyMap<string, Discriminated> = new Map([
  [
    'scenario.load',
    {
      said: (node: LocatedMapping) => textAt(node, 'model'),
      unsaid: 'closed',
      shared: [],
      alone: null,
    },
  ],
  [
    'target',
    {
      said: (node: LocatedMapping) =>
        ['start', 'builtin', 'url'].find((key) => node.entries.has(key)),
      unsaid: 'builtin',
      shared: ['key', 'env'],
      alone: 'url',
    },
  ],
]);

const discriminatedAt = (path: KeyPath) => discriminated.get(path.join('.'));

/** What of `base` stays where `top` is laid over it: a mapping of another kind keeps only the shared keys. */
const staying = (base: LocatedMapping, top: LocatedMapping, path: KeyPath): LocatedMapping => {
  const kinds = discriminatedAt(path);
  const wanted = kinds?.said(top);
  if (!kinds || wanted === undefined || wanted === (kinds.said(base) ?? kinds.unsaid)) return base;
  const shared = wanted === kinds.alone ? [] : kinds.shared;
  const kept = [...base.entries].filter(([key]) => shared.includes(key));
  return { kind: 'mapping', place: top.place, entries: new Map(kept) };
};

/**
 * What `top` says over what `base` says. Mappings are merged key by key; lists and single values are
 * replaced whole, and so are the keys of a mapping of another kind. Every value keeps the place it came from.
 */
export const overlaid = (base: Located, top: Located, path: KeyPath = []): Located => {
  if (base.kind !== 'mapping' || top.kind !== 'mapping') return top;
  const below = staying(base, top, path);
  const entries = new Map<string, Entry>(below.entries);
  for (const [key, said] of top.entries) {
    const under = below.entries.get(key);
    const value = under ? overlaid(under.value, said.value, [...path, key]) : said.value;
    entries.set(key, { key: said.key, value });
  }
  return { kind: 'mapping', place: below.place, entries };
};

/** The same of two mappings, which give one. */
export const mappingOver = (base: LocatedMapping, top: LocatedMapping): LocatedMapping => {
  const merged = overlaid(base, top);
  return merged.kind === 'mapping' ? merged : base;
};

/** A setting that an overlay writes, and the node that writes it. */
export interface Write {
  readonly path: KeyPath;
  readonly node: Located;
}

/** Stands in a path above the keys that depend on the kind, so that saying the kind overlaps each of them. */
export const ofKind = '(kind)';

/** The keys of a section that do not depend on its kind. */
export const sharedKeys = (section: string): readonly string[] =>
  discriminatedAt([section])?.shared ?? [];

/**
 * The settings that an overlay writes, by leaf. An empty mapping writes nothing. A mapping that says
 * its kind writes all the keys of any kind at once, because it may replace them.
 */
export const writes = (node: Located, path: KeyPath = []): readonly Write[] => {
  if (node.kind !== 'mapping') return [{ path, node }];
  const kinds = discriminatedAt(path);
  const within = [...node.entries].flatMap(([key, { value }]) => {
    const below = kinds && !kinds.shared.includes(key) ? [...path, ofKind, key] : [...path, key];
    return writes(value, below);
  });
  if (!kinds || kinds.said(node) === undefined) return within;
  const others = within.filter((write) => write.path[path.length] !== ofKind);
  return [{ path: [...path, ofKind], node }, ...others];
};
