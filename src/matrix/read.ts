import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import {
  type Entry,
  type Located,
  type LocatedMapping,
  type LocatedScalar,
  mostValues,
} from './located.ts';
import { failureAt, type KeyPath, type Place, requireKey } from './place.ts';
import { shown } from './wording.ts';

const isPlain = (value: unknown): value is LocatedScalar['value'] =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/**
 * YAML 1.2, and with it JSON, as located values.
 * @throws BenchFailure `configuration` for bad syntax, a key given twice, a tag, an empty file.
 */
export const readMatrixText = (text: string, file: string): LocatedMapping => {
  const lines = new LineCounter();
  const placeAt = (offset: number, path: KeyPath): Place => {
    const { line, col } = lines.linePos(offset);
    return { kind: 'file', file, line, column: col, path };
  };
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    // Ours compares keys by their source text: 1.0 and 1 are two names.
    uniqueKeys: false,
    prettyErrors: false,
    // 'silent' would also swallow the error of a second document.
    logLevel: 'error',
  });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const [what = ''] = problem.message.split('\n');
    throw failureAt(
      placeAt(problem.pos[0], []),
      problem.code === 'MULTIPLE_DOCS'
        ? 'a second document begins here. Keep one matrix in a file.'
        : `${what.replace(/\.$/, '')}. Correct the syntax there.`,
    );
  }

  let values = 0;
  const open = new Set<unknown>();

  const located = (node: unknown, path: KeyPath, parent: number): Located => {
    const offset = (isNode(node) ? node.range?.[0] : undefined) ?? parent;
    const place = placeAt(offset, path);
    values += 1;
    if (values > mostValues)
      throw failureAt(place, `the file has more than ${mostValues} values. Use fewer aliases.`);
    if (isAlias(node)) return located(anchored(node, place), path, offset);
    open.add(node);
    const result = inside(node, path, place, offset);
    open.delete(node);
    return result;
  };

  const inside = (node: unknown, path: KeyPath, place: Place, offset: number): Located => {
    if (isMap(node)) return { kind: 'mapping', place, entries: entriesOf(node, path, offset) };
    if (isSeq(node)) {
      const items = node.items.map((item, i) => located(item, [...path, i], offset));
      return { kind: 'list', place, items };
    }
    // A key without colon in `{ key }` has no node for its value.
    if (node === null) return { kind: 'scalar', place, value: null, source: '' };
    if (isScalar(node) && isPlain(node.value)) return { kind: 'scalar', place, ...textOf(node) };
    throw failureAt(place, 'is neither text nor a number. Write plain text.');
  };

  const textOf = ({ value, source }: { value: unknown; source?: string | undefined }) => {
    const scalar = isPlain(value) ? value : null;
    return { value: scalar, source: source ?? String(scalar ?? '') };
  };

  const entriesOf = (node: YAMLMap<unknown>, path: KeyPath, parent: number) => {
    const entries = new Map<string, Entry>();
    for (const { key, value } of node.items) {
      const offset = (isNode(key) ? key.range?.[0] : undefined) ?? parent;
      if (!isScalar(key))
        throw failureAt(placeAt(offset, path), 'has a key that is not text. Write a name.');
      const name = textOf(key).source;
      const place = placeAt(offset, [...path, name]);
      requireKey(name, place);
      const first = entries.get(name)?.key;
      if (first?.kind === 'file')
        throw failureAt(
          place,
          `is given twice, first in line ${first.line}. Remove one of the two.`,
        );
      entries.set(name, { key: place, value: located(value, [...path, name], offset) });
    }
    return entries;
  };

  const anchored = (alias: Alias, place: Place) => {
    const target = alias.resolve(document);
    if (target === undefined)
      throw failureAt(
        place,
        `the alias ${shown(alias.source)} has no anchor. Write the value out.`,
      );
    if (open.has(target))
      throw failureAt(place, `the alias ${shown(alias.source)} holds itself. Write the value out.`);
    return target;
  };

  const root = located(document.contents, [], 0);
  const begin = 'Begin with a copy of matrix/incident.yaml.';
  if (root.kind === 'scalar' && root.value === null)
    throw failureAt(placeAt(0, []), `the file is empty. ${begin}`);
  if (root.kind !== 'mapping') throw failureAt(root.place, `the file is not a mapping. ${begin}`);
  return root;
};
