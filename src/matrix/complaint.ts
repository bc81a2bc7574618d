import type { z } from 'zod';
import { type Located, locate, plain } from './located.ts';
import { below, failureAt, type KeyPath, type Place } from './place.ts';

/** A schema's refusal, at the place in the file that caused it. */
export interface Complaint {
  readonly place: Place;
  readonly message: string;
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly complaint: Complaint };

type Issue = z.core.$ZodIssue;

/**
 * A union says only that no branch fits. Where one branch found the right type and refused something
 * inside, that is what the user wants to read.
 */
const innermost = (issue: Issue): readonly Issue[] => {
  if (issue.code !== 'invalid_union') return [issue];
  const inside = issue.errors.find((branch) =>
    branch.some(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  if (!inside) return [issue];
  return inside.map((nested) => ({ ...nested, path: [...issue.path, ...nested.path] }));
};

const keysOf = (path: readonly PropertyKey[]): KeyPath =>
  path.map((key) => (typeof key === 'number' ? key : String(key)));

const complaintOf = (issue: Issue, tree: Located): Complaint => {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const { node, rest } = locate(tree, [...keysOf(issue.path), ...unknown]);
  const holder = locate(tree, keysOf(issue.path)).node;
  const [key] = unknown;
  const keyPlace =
    key !== undefined && holder.kind === 'mapping' ? holder.entries.get(key)?.key : undefined;
  return { place: keyPlace ?? below(node.place, rest), message: issue.message };
};

/** Unknown keys first: a misspelt key is why another one is missing. Then in the order of the file. */
const order = (issue: Issue, { place }: Complaint): readonly [number, number, number] => {
  const rank = issue.code === 'unrecognized_keys' ? 0 : 1;
  return place.kind === 'file' ? [rank, place.line, place.column] : [rank, 0, 0];
};

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, i) => value - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;

export const check = <T>(schema: z.ZodType<T>, tree: Located): Checked<T> => {
  const result = schema.safeParse(plain(tree));
  if (result.success) return { ok: true, value: result.data };
  const [first] = result.error.issues
    .flatMap(innermost)
    .map((issue) => ({ issue, complaint: complaintOf(issue, tree) }))
    .sort((a, b) => compare(order(a.issue, a.complaint), order(b.issue, b.complaint)));
  return {
    ok: false,
    complaint: first?.complaint ?? { place: tree.place, message: result.error.message },
  };
};

/** @throws BenchFailure `configuration` for the first complaint. */
export const demand = <T>(schema: z.ZodType<T>, tree: Located): T => {
  const checked = check(schema, tree);
  if (checked.ok) return checked.value;
  throw failureAt(checked.complaint.place, checked.complaint.message);
};
