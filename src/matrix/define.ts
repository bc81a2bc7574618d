import type { z } from 'zod';
import type { fileSchema } from './file-schema.ts';

/** What a matrix file may say. Its keys and values are those of YAML: `'2%'`, `'3s'`, `'node@20.20.2'`. */
export interface Matrix extends z.input<typeof fileSchema> {}

/** What a matrix file in TypeScript or JavaScript exports by default. */
export type MatrixExport = Matrix | (() => Matrix | Promise<Matrix>);

/** Gives back what it is given; it is there for the types, so that an editor checks and completes a matrix. */
export const defineMatrix = (matrix: MatrixExport): MatrixExport => matrix;
