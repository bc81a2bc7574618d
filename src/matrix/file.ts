import type { Plan } from '../model/plan.ts';
import { axesOf, compareAxisOf } from './axes.ts';
import { demand } from './complaint.ts';
import { fileSchema } from './file-schema.ts';
import type { LocatedMapping } from './located.ts';
import { overlaid } from './overlay.ts';
import { readMatrixText } from './read.ts';
import { readMatrixObject } from './read-object.ts';

/** A matrix before anything in it is checked: a text, or an object that a program made. */
export type UncheckedMatrix = {
  /** As messages show it; its folder is where paths in the file begin. */
  readonly file: string;
} & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'object'; readonly object: unknown }
);

/** A file that its schema accepts, its places, and its axes. */
export const readMatrix = (matrix: UncheckedMatrix, set: readonly LocatedMapping[] = []) => {
  const { file } = matrix;
  const read =
    matrix.kind === 'text'
      ? readMatrixText(matrix.text, file)
      : readMatrixObject(matrix.object, file);
  const root = set.reduce((under, top) => laidOver(under, top), read);
  const said = demand(fileSchema, root);
  return { root, said, axes: axesOf(root) };
};

const laidOver = (under: LocatedMapping, top: LocatedMapping): LocatedMapping => {
  const merged = overlaid(under, top);
  return merged.kind === 'mapping' ? merged : under;
};

/** The variants that can be compared; empty where there are only Node runtimes and engines to name. */
export const comparedVariants = (
  matrix: UncheckedMatrix,
  axis: string | null,
): readonly string[] => {
  const { root, said, axes } = readMatrix(matrix);
  return compareAxisOf(said, root, axes, axis)?.variants.map(({ name }) => name) ?? [];
};

export interface Axes {
  readonly description: string;
  /** Null where only Node runtimes can be compared. */
  readonly compare: string | null;
  readonly axes: Plan['axes'];
}

/** The axes of a file and the one it compares, without choosing what is compared. */
export const listAxes = (matrix: UncheckedMatrix): Axes => {
  const { root, said, axes } = readMatrix(matrix);
  return {
    description: said.description,
    compare: compareAxisOf(said, root, axes, null)?.name ?? null,
    axes: axes.map(({ name, variants }) => ({ name, variants: variants.map((v) => v.name) })),
  };
};
