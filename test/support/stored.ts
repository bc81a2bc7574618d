import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { freshFolder } from './bench.ts';

/** The text of a journal that a release of that schema wrote. */
export const storedJournal = (schema: number): string => {
  const file = new URL(`../fixtures/journal/schema-${schema}.ndjson.gz`, import.meta.url);
  return gunzipSync(readFileSync(fileURLToPath(file))).toString('utf8');
};

/** A file of its own with this text. */
export function journalWith(text: string): string {
  const file = path.join(freshFolder(), 'journal.ndjson');
  writeFileSync(file, text);
  return file;
}
