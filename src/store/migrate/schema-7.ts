import type { StoredRow } from './stored.ts';

/** What schema 6 did not have: contract launches, so that targets which are not built in proved nothing. */
export const toSchema7 = (row: StoredRow): StoredRow =>
  row.kind === 'header' ? { ...row, schemaVersion: 7 } : row;
