import path from 'node:path';
import { endOf } from '../analysis/ending.ts';
import { messageOf } from '../model/failure.ts';
import type { HeaderRow, JournalRow } from '../model/journal.ts';
import { importedSummary, readImported } from '../store/imported.ts';
import { readJournal } from '../store/journal.ts';
import { shownReference } from '../store/labels.ts';
import { journalFile, type RunSummary, summaryOf } from '../store/runs.ts';
import { isBeingWritten } from '../store/writers.ts';

interface Listing {
  readonly root: string;
  readonly cwd: string;
  /** Whether a newer run has the same label. */
  readonly isOlder: boolean;
}

/** A stored run with its outcome; where it has none, what became of it and what can be done. */
export function shownRun(run: RunSummary, { isOlder, root, cwd }: Listing): string {
  if (run.state === 'complete' && run.outcome !== null)
    return line(run, isOlder ? `${run.outcome} (a newer run counts)` : run.outcome);
  const folder = path.join(root, run.id);
  if (isBeingWritten(folder)) return line(run, 'running');
  try {
    const imported = readImported(folder);
    if (imported !== null) {
      const { header } = imported.journal;
      return line({ ...importedSummary(header, ''), id: run.id }, shownBy(folder, cwd));
    }
    const { header, rows } = readJournal(journalFile(folder));
    const known = { ...summaryOf(header, '', null), id: run.id };
    return line(known, remedy(header, rows, folder, cwd));
  } catch (error) {
    return line(run, `damaged: ${messageOf(error)}`);
  }
}

const line = (run: RunSummary, state: string): string =>
  `  ${run.id}  ${run.matrix}  ${what(run)}  ${state}`;

const what = ({ label, baseline, candidate }: RunSummary): string =>
  label === null
    ? `${baseline} → ${candidate}`
    : `${candidate} kept as ${shownReference(label, candidate)}`;

function remedy(
  header: HeaderRow,
  rows: readonly JournalRow[],
  folder: string,
  cwd: string,
): string {
  const state = endOf(rows)?.state ?? 'unfinished';
  if (state === 'complete') return shownBy(folder, cwd);
  return header.origin === null ? state : `${state}; to continue it: ${continuing(folder, cwd)}`;
}

const shownBy = (folder: string, cwd: string): string =>
  `complete; \`bench report ${path.relative(cwd, folder)}\` shows it`;

/** The command that continues a run. */
export function continuing(folder: string, cwd: string): string {
  const seen = path.relative(cwd, folder);
  return `bench compare --resume ${/^[\w./-]+$/.test(seen) ? seen : `'${seen}'`}`;
}
