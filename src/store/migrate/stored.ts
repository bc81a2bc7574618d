/** A row as a file has it, or a part of one, of whatever schema. */
export type StoredRow = Readonly<Record<string, unknown>>;
