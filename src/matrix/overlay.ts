import type { Entry, Located, LocatedMapping } from './located.ts';
import type { KeyPath } from './place.ts';

/** Mappings whose other keys depend on one of them; the value is what it is when nobody says it. */
const discriminators: ReadonlyMap<string, { readonly key: string; readonly unsaid: string }> =
  new Map([['scenario.load', { key: 'model', unsaid: 'closed' }]]);

const discriminatorAt = (path: KeyPath) => discriminators.get(path.join('.'));

const textAt = (node: LocatedMapping, key: string): string | undefined => {
  const found = node.entries.get(key)?.value;
  return found?.kind === 'scalar' ? found.source : undefined;
};

const replaces = (base: LocatedMapping, top: LocatedMapping, path: KeyPath): boolean => {
  const discriminator = discriminatorAt(path);
  if (!discriminator) return false;
  const { key, unsaid } = discriminator;
  const wanted = textAt(top, key);
  return wanted !== undefined && wanted !== (textAt(base, key) ?? unsaid);
};

/**
 * What `top` says over what `base` says. Mappings are merged key by key; lists and single values are
 * replaced whole, and so is a mapping of another kind. Every value keeps the place it came from.
 */
export const overlaid = (base: Located, top: Located, path: KeyPath = []): Located => {
  if (base.kind !== 'mapping' || top.kind !== 'mapping' || replaces(base, top, path)) return top;
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, said] of top.entries) {
    const under = base.entries.get(key);
    const value = under ? overlaid(under.value, said.value, [...path, key]) : said.value;
    entries.set(key, { key: said.key, value });
  }
  return { kind: 'mapping', place: base.place, entries };
};

/** A setting that an overlay writes, and the node that writes it. */
export interface Write {
  readonly path: KeyPath;
  readonly node: Located;
}

/**
 * The settings that an overlay writes, by leaf. An empty mapping writes nothing. A mapping that says
 * its kind is one write, because it may replace everything beside it.
 */
export const writes = (node: Located, path: KeyPath = []): readonly Write[] => {
  if (node.kind !== 'mapping') return [{ path, node }];
  const discriminator = discriminatorAt(path);
  if (discriminator && node.entries.has(discriminator.key)) return [{ path, node }];
  return [...node.entries].flatMap(([key, { value }]) => writes(value, [...path, key]));
};
