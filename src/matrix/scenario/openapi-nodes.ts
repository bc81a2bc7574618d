import { decoded } from './percent.ts';

/** What an OpenAPI file holds is anybody's: nothing is taken for what it should be before it was looked at. */
export type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** References that lead to references, as far as anybody follows them. */
const mostSteps = 50;

export interface Nodes {
  /** The mapping itself, or the one in this file that it refers to. Null for anything else, and where a reference leads out or nowhere. */
  mapping(value: unknown): Mapping | null;
  list(value: unknown): readonly unknown[];
}

export const nodesIn = (root: unknown): Nodes => {
  const follow = (value: unknown): Mapping | null => {
    let node = value;
    for (let steps = 0; steps < mostSteps; steps += 1) {
      if (!isMapping(node)) return null;
      const reference = own(node, '$ref');
      if (typeof reference !== 'string') return node;
      node = reference.startsWith('#') ? at(root, reference.slice(1)) : null;
    }
    return null;
  };
  return { mapping: follow, list: (value) => (Array.isArray(value) ? value : []) };
};

/** Undefined where it has none of its own. */
export const own = (node: Mapping | null, key: string): unknown =>
  node !== null && Object.hasOwn(node, key) ? node[key] : undefined;

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const entriesOf = (node: Mapping | null): readonly (readonly [string, unknown])[] =>
  node === null ? [] : Object.entries(node);

/** A JSON pointer, as RFC 6901 has it, percent-encoded as in a URL. */
function at(root: unknown, pointer: string): unknown {
  let node = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(node)) node = node[Number(key)];
    else node = isMapping(node) ? own(node, key) : undefined;
  }
  return node;
}
