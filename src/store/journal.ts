import { closeSync, fdatasyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { BenchFailure } from '../model/failure.ts';
import { type HeaderRow, type JournalRow, journalSchemaVersion } from '../model/journal.ts';
import { migrated, oldestSchemaRead } from './migrate.ts';
import type { StoredRow } from './migrate/stored.ts';

export interface JournalWriter {
  write(row: JournalRow): void;
  close(): void;
}

/** A new journal. */
export const openJournal = (file: string): JournalWriter => writerOf(openSync(file, 'ax'));

/** The same journal goes on behind its last whole row; what was cut off there is removed. */
export function continueJournal(file: string, { wholeBytes }: Journal): JournalWriter {
  truncateSync(file, wholeBytes);
  return writerOf(openSync(file, 'a'));
}

/**
 * Appends one row at a time, each with its line end in one write: a killed run loses at most the row in hand. What is
 * written between launches is on the disk before anything goes on: a machine that crashes loses at most the launch in hand.
 */
const writerOf = (fd: number): JournalWriter => ({
  write: (row) => {
    writeSync(fd, `${JSON.stringify(row)}\n`);
    if (row.kind !== 'launch' && row.kind !== 'slice') fdatasyncSync(fd);
  },
  close: () => closeSync(fd),
});

export interface Journal {
  readonly header: HeaderRow;
  /** The header among them. */
  readonly rows: readonly JournalRow[];
  /** Of the file. What was read is in today's. */
  readonly schemaVersion: number;
  /** What the whole rows take of the file; behind them there is at most one that was cut off. */
  readonly wholeBytes: number;
}

/**
 * Journals of older releases are read as if they had been written today. A last row that was cut off is left out.
 * @throws BenchFailure when the file is not a journal, is damaged, or is one of a newer release.
 */
export function readJournal(file: string): Journal {
  const content = readFileSync(file);
  const end = content.lastIndexOf('\n') + 1;
  const stored = content.toString('utf8', 0, end).split('\n').slice(0, -1).map(parseOrNull);
  // A crash of the machine may leave a last line that has an end and is no row.
  const lastBegin = content.lastIndexOf('\n', end - 2) + 1;
  const isCut = stored.length > 1 && stored.at(-1) === null;
  const whole = (isCut ? stored.slice(0, -1) : stored).map((row, index) => {
    if (row !== null) return row;
    throw new BenchFailure(
      'configuration',
      `${file}:${index + 1}: this row is damaged. Restore the file, or run again.`,
    );
  });
  const schemaVersion = readableSchema(file, whole[0]);
  const rows = whole.map((row) => migrated(row, schemaVersion));
  const [header] = rows;
  if (header?.kind !== 'header') throw notAJournal(file);
  return { header, rows, schemaVersion, wholeBytes: isCut ? lastBegin : end };
}

function parseOrNull(line: string): StoredRow | null {
  try {
    return JSON.parse(line) as StoredRow;
  } catch {
    return null;
  }
}

function readableSchema(file: string, header: StoredRow | undefined): number {
  if (header?.kind === 'imported')
    throw new BenchFailure(
      'configuration',
      `${file}: imported results, which hold no slices. \`bench report\` shows them, and \`bench compare\` judges them against others that were imported.`,
    );
  const schema = header?.kind === 'header' ? header.schemaVersion : null;
  if (typeof schema !== 'number') throw notAJournal(file);
  if (schema >= oldestSchemaRead && schema <= journalSchemaVersion) return schema;
  const { version } = (header as unknown as HeaderRow).tool;
  throw new BenchFailure(
    'configuration',
    `${file}: schema ${schema}, this bench reads ${oldestSchemaRead} to ${journalSchemaVersion}. Use the release that wrote it (${version}).`,
  );
}

const notAJournal = (file: string): BenchFailure =>
  new BenchFailure(
    'configuration',
    `${file}: its first row is not a header. This is not a journal of bench.`,
  );
