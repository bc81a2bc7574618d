import { z } from 'zod';
import { fileSchema } from './file-schema.ts';

/** For editors: what a matrix file may say, before anything is merged. What needs several keys to judge is not in it. */
export const matrixJsonSchema = () => ({
  ...z.toJSONSchema(fileSchema, { io: 'input', unrepresentable: 'any' }),
  title: 'A matrix of bench-matrix',
});
