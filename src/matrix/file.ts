import path from 'node:path';
import type { Plan } from '../model/plan.ts';
import { axesOf, compareAxisOf } from './axes.ts';
import { demand } from './complaint.ts';
import { fileSchema } from './file-schema.ts';
import type { LocatedMapping } from './located.ts';
import { mappingOver } from './overlay.ts';
import { readMatrixText } from './read.ts';
import { readMatrixObject } from './read-object.ts';

/** A matrix before anything in it is checked: a text, or an object that a program made. */
export type UncheckedMatrix = {
  /** As messages show it. */
  readonly file: string;
  /** Where paths in the file begin; else they do in its folder. */
  readonly folder?: string;
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
  const root = set.reduce(mappingOver, read);
  const said = demand(fileSchema, root);
  return { root, said, axes: axesOf(root) };
};

export const folderOf = ({ file, folder }: UncheckedMatrix): string => folder ?? path.dirname(file);

/** The variants that can be compared; empty where there are only runtimes, engines and versions to name. */
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
