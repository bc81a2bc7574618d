import { parseTargetUrl } from '../model/url.ts';
import {
  expanded,
  isVariableName,
  referencesIn,
  type Variables,
  valueIn,
} from '../model/variables.ts';
import { headerText, pathText } from './fields.ts';
import type { Located, LocatedScalar } from './located.ts';
import { failureAt, type KeyPath } from './place.ts';
import { shown } from './wording.ts';

/** A setting in which variables stand for their values, and what it may be once they do. */
interface Field {
  /** `*` for any key. */
  readonly path: readonly string[];
  /** Null for any text. */
  readonly fits: { test(text: string): boolean } | null;
}

const request = ['scenario', 'requests', '*'];
const noZeroByte = /^[^\0]*$/;
const targetUrl = { test: (text: string) => typeof parseTargetUrl(text) !== 'string' };
const fields: readonly Field[] = [
  { path: [...request, 'path'], fits: pathText },
  { path: [...request, 'headers', '*'], fits: headerText },
  { path: [...request, 'body'], fits: null },
  { path: [...request, 'expect', 'body', 'equals'], fits: null },
  { path: [...request, 'expect', 'body', 'includes'], fits: null },
  { path: ['target', 'ready', 'path'], fits: pathText },
  { path: ['target', 'url'], fits: targetUrl },
  { path: ['target', 'env', '*'], fits: noZeroByte },
  { path: ['client', 'env', '*'], fits: noZeroByte },
];

/**
 * Every variable that the settings name must be set, and fit where it stands.
 * @param tree the merged settings, still with their places.
 * @throws BenchFailure `configuration` at the setting. No value is in its message.
 */
export const refuseUnfitVariables = (tree: Located, variables: Variables): void => {
  for (const { path, fits } of fields)
    for (const node of scalarsAt(tree, path)) {
      const text = String(node.value);
      for (const name of referencesIn(text)) refuseUnset(node, name, variables);
      if (fits === null || fits.test(expanded(text, variables))) continue;
      const names = [...new Set(referencesIn(text))];
      throw failureAt(
        node.place,
        `with the value of ${names.join(' and ')} it has a character that cannot stand here, such as a line end, or a blank in a path. Correct the variable.`,
      );
    }
};

const refuseUnset = ({ place }: LocatedScalar, name: string, variables: Variables): void => {
  const itself = `or write $\${${name}} for the text itself`;
  if (!isVariableName(name))
    throw failureAt(place, `${shown(name)} is not the name of a variable. Correct it, ${itself}.`);
  const value = valueIn(name, variables);
  if (value === undefined)
    throw failureAt(place, `${name} is not set in the environment. Set it, ${itself}.`);
  if (value === '')
    throw failureAt(place, `${name} is empty in the environment. Set it, ${itself}.`);
};

const scalarsAt = (node: Located, path: KeyPath): readonly LocatedScalar[] => {
  const [key, ...rest] = path;
  if (key === undefined) return node.kind === 'scalar' ? [node] : [];
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap((item) => scalarsAt(item, rest));
  const below = key === '*' ? [...node.entries.values()] : [node.entries.get(String(key))];
  return below.flatMap((found) => (found === undefined ? [] : scalarsAt(found.value, rest)));
};
