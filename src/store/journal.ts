import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { BenchFailure } from '../model/failure.ts';
import { type HeaderRow, type JournalRow, journalSchemaVersion } from '../model/journal.ts';

export interface JournalWriter {
  write(row: JournalRow): void;
  close(): void;
}

/** Appends one row at a time, each with its line end in one write: a killed run loses at most the row in hand. */
export function openJournal(file: string): JournalWriter {
  const fd = openSync(file, 'ax');
  return {
    write: (row) => void writeSync(fd, `${JSON.stringify(row)}\n`),
    close: () => closeSync(fd),
  };
}

export interface Journal {
  readonly header: HeaderRow;
  readonly rows: readonly JournalRow[];
}

/** @throws BenchFailure when the file is not a journal; a half-written last row is left out. */
export function readJournal(file: string): Journal {
  const lines = readFileSync(file, 'utf8').split('\n');
  // After a full last row comes an empty piece; anything else there was cut off in the middle.
  lines.pop();
  const rows = lines.map((line, index) => parseRow(file, line, index));
  const header = rows[0];
  if (header?.kind !== 'header') {
    throw new BenchFailure(
      'configuration',
      `${file}: its first row is not a header. This is not a journal of bench.`,
    );
  }
  if (header.schemaVersion !== journalSchemaVersion) {
    throw new BenchFailure(
      'configuration',
      `${file}: schema ${header.schemaVersion}, this bench reads ${journalSchemaVersion}. Use the release that wrote it (${header.tool.version}).`,
    );
  }
  return { header, rows };
}

function parseRow(file: string, line: string, index: number): JournalRow {
  try {
    return JSON.parse(line) as JournalRow;
  } catch {
    throw new BenchFailure(
      'configuration',
      `${file}:${index + 1}: this row is damaged. Restore the file, or run again.`,
    );
  }
}
