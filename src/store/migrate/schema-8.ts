import { part, type StoredRow } from './stored.ts';

/** What schema 7 did not have: wishes about workers, and how many certificates a context loads, which nobody kept. */
export const toSchema8 = (row: StoredRow): StoredRow =>
  row.kind === 'header'
    ? {
        ...row,
        schemaVersion: 8,
        plan: { ...part(row.plan), capacity: { utilisation: 0.75, targetRate: null } },
        trusted: {},
      }
    : row;
