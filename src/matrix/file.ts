import type { Plan } from '../model/plan.ts';
import { axesOf, compareAxisOf } from './axes.ts';
import { demand } from './complaint.ts';
import { fileSchema } from './file-schema.ts';
import type { LocatedMapping } from './located.ts';
import { overlaid } from './overlay.ts';
import { readMatrixText } from './read.ts';

export interface MatrixText {
  readonly text: string;
  /** As messages show it; its folder is where paths in the file begin. */
  readonly file: string;
}

/** A file that its schema accepts, its places, and its axes. */
export const readMatrix = ({ text, file }: MatrixText, set: readonly LocatedMapping[] = []) => {
  const root = set.reduce((under, top) => laidOver(under, top), readMatrixText(text, file));
  const said = demand(fileSchema, root);
  return { root, said, axes: axesOf(root) };
};

const laidOver = (under: LocatedMapping, top: LocatedMapping): LocatedMapping => {
  const merged = overlaid(under, top);
  return merged.kind === 'mapping' ? merged : under;
};

/** The axes of a file and the one it compares, without choosing what is compared. */
export const listAxes = (
  matrix: MatrixText,
): {
  readonly description: string;
  /** Null where only Node runtimes can be compared. */
  readonly compare: string | null;
  readonly axes: Plan['axes'];
} => {
  const { root, said, axes } = readMatrix(matrix);
  return {
    description: said.description,
    compare: compareAxisOf(said, root, axes, null)?.name ?? null,
    axes: axes.map(({ name, variants }) => ({ name, variants: variants.map((v) => v.name) })),
  };
};
