/** A row as a file has it, or a part of one, of whatever schema. */
export type StoredRow = Readonly<Record<string, unknown>>;

export const part = (stored: unknown): StoredRow => stored as StoredRow;
export const parts = (stored: unknown): readonly StoredRow[] => stored as readonly StoredRow[];
