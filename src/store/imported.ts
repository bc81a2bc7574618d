import { closeSync, copyFileSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import { type FileRow, type ImportedHeader, importedSchemaVersion } from '../model/imported.ts';
import { shownReference } from './labels.ts';
import { baselineFile, demandBaseline } from './run-journals.ts';
import { journalFile, type RunSummary, writeAtomically } from './runs.ts';

/** All rows of a journal without slices. */
export interface ImportedJournal {
  readonly header: ImportedHeader;
  readonly files: readonly FileRow[];
}

/** All that one report of imported results is made of. */
export type ImportedRun =
  | { readonly kind: 'kept'; readonly journal: ImportedJournal; readonly label: string }
  | {
      readonly kind: 'compared';
      /** The candidate's. */
      readonly journal: ImportedJournal;
      readonly baseline: ImportedJournal;
      readonly comparison: Extract<ImportedHeader['purpose'], { kind: 'compared' }>;
    };

/** In one piece: all is known before anything is written. */
export const writeImported = (folder: string, { header, files }: ImportedJournal): void =>
  writeAtomically(
    journalFile(folder),
    [header, ...files].map((row) => `${JSON.stringify(row)}\n`).join(''),
  );

/** Copies the baseline of a comparison into its folder. */
export const keepImportedBaseline = (root: string, run: string, folder: string): void =>
  copyFileSync(journalFile(path.join(root, run)), baselineFile(folder));

/** Null where the run was measured by bench. @throws BenchFailure where a file is damaged or missing. */
export function readImported(folder: string): ImportedRun | null {
  const file = journalFile(folder);
  if (!isImported(file)) return null;
  const journal = readRows(file);
  const { purpose } = journal.header;
  if (purpose.kind === 'kept') return { kind: 'kept', journal, label: purpose.label };
  const { label, variant } = purpose.baseline;
  const baseline = readRows(demandBaseline(folder, shownReference(label, variant)));
  return { kind: 'compared', journal, baseline, comparison: purpose };
}

/** How the first row of such a journal begins: the others are long, and need not be read for it. */
const beginning = '{"kind":"imported",';

function isImported(file: string): boolean {
  const begin = Buffer.alloc(beginning.length);
  const fd = openSync(file, 'r');
  try {
    readSync(fd, begin);
  } finally {
    closeSync(fd);
  }
  return begin.toString() === beginning;
}

function readRows(file: string): ImportedJournal {
  const damaged = (why: string): BenchFailure =>
    new BenchFailure('configuration', `${file}: ${why}`);
  const [header, ...files] = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      try {
        return JSON.parse(line) as ImportedHeader | FileRow;
      } catch {
        throw damaged(`row ${index + 1} is damaged. Restore the file, or import again.`);
      }
    });
  if (header?.kind !== 'imported' || files.length === 0)
    throw damaged('its rows are not those of imported results. Restore the file, or import again.');
  if (header.schemaVersion !== importedSchemaVersion)
    throw damaged(
      `schema ${header.schemaVersion} of imported results, this bench reads ${importedSchemaVersion}. Use the release that wrote it (${header.tool.version}).`,
    );
  return { header, files: files.filter((row) => row.kind === 'file') };
}

/** What `bench list` shows of it, and what a label finds. */
export function importedSummary(
  { id, createdAt, program, purpose }: ImportedHeader,
  outcome: string,
): RunSummary {
  const names =
    purpose.kind === 'kept'
      ? { label: purpose.label, baseline: program, candidate: program }
      : {
          label: null,
          baseline: shownReference(purpose.baseline.label, purpose.baseline.variant),
          candidate: shownReference(purpose.candidate.label, purpose.candidate.variant),
        };
  return {
    ...{ schemaVersion: 1, kind: 'imported', id, createdAt, matrix: 'imported', ...names },
    ...{ state: 'complete', outcome },
  };
}
