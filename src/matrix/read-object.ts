import {
  type Entry,
  type Located,
  type LocatedMapping,
  type LocatedScalar,
  mostValues,
} from './located.ts';
import { failureAt, type KeyPath, requireKey } from './place.ts';

const isPlain = (value: unknown): value is LocatedScalar['value'] =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  Number.isFinite(value);

/** Of another realm too, whose `Object` is not ours. */
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** What cannot be written into a file, in words. */
const kindOf = (value: unknown): string => {
  if (value === undefined) return 'undefined';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`;
  const { name } = Object.getPrototypeOf(value).constructor ?? {};
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an instance';
};

/**
 * An object that a program made, as located values: what a file could say too, and nothing else.
 * @throws BenchFailure `configuration` for a value that is neither text, number, true, false, null, list nor
 *   plain object, and for one that holds itself.
 */
export const readMatrixObject = (object: unknown, file: string): LocatedMapping => {
  let values = 0;
  const open = new Set<unknown>();

  const located = (value: unknown, path: KeyPath): Located => {
    const place = { kind: 'object', file, path } as const;
    values += 1;
    if (values > mostValues)
      throw failureAt(place, `the matrix has more than ${mostValues} values. Use fewer.`);
    if (isPlain(value)) return { kind: 'scalar', place, value, source: String(value ?? '') };
    if (open.has(value)) throw failureAt(place, 'holds itself. Write the value out.');
    open.add(value);
    const result = inside(value, path);
    open.delete(value);
    return result;
  };

  const inside = (value: unknown, path: KeyPath): Located => {
    const place = { kind: 'object', file, path } as const;
    // Array.from, because map would leave holes out.
    if (Array.isArray(value)) {
      const items = Array.from(value, (item: unknown, i) => located(item, [...path, i]));
      return { kind: 'list', place, items };
    }
    if (isRecord(value)) return { kind: 'mapping', place, entries: entriesOf(value, path) };
    const next =
      value === undefined ? 'Write a value, or leave the key out.' : 'Write plain values.';
    throw failureAt(place, `is ${kindOf(value)}, which no file could say. ${next}`);
  };

  const entriesOf = (record: Readonly<Record<string, unknown>>, path: KeyPath) =>
    new Map(
      Object.entries(record).map(([name, value]): [string, Entry] => {
        const key = { kind: 'object', file, path: [...path, name] } as const;
        requireKey(name, key);
        return [name, { key, value: located(value, key.path) }];
      }),
    );

  const root = located(isRecord(object) ? object : null, []);
  if (root.kind === 'mapping') return root;
  throw failureAt(root.place, 'the matrix is not an object. Write one such as { axes: { … } }.');
};
