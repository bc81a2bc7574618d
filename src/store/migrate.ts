import type { JournalRow } from '../model/journal.ts';
import { toSchema6 } from './migrate/schema-6.ts';
import { toSchema7 } from './migrate/schema-7.ts';
import { toSchema8 } from './migrate/schema-8.ts';
import type { StoredRow } from './migrate/stored.ts';

export const oldestSchemaRead = 5;

/** The first makes a row of the oldest schema one of the next, and so on up to that of today. */
const steps: readonly ((row: StoredRow) => StoredRow)[] = [toSchema6, toSchema7, toSchema8];

/** @param from the schema of the row's file. */
export const migrated = (row: StoredRow, from: number): JournalRow =>
  steps
    .slice(from - oldestSchemaRead)
    .reduce((before, step) => step(before), row) as unknown as JournalRow;
