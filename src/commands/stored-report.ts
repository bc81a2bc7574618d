import type { Report } from '../model/report.ts';
import { buildReport } from '../report/build.ts';
import { readJournal } from '../store/journal.ts';
import { findRun, journalFile } from '../store/runs.ts';

export interface StoredReport {
  readonly report: Report;
  /** Absolute. Holds `journal.ndjson`, of which the report is a function. */
  readonly folder: string;
}

/** @param root the folder that holds the runs. @throws BenchFailure where it has no such run. */
export function storedReport(run: string, root: string): StoredReport {
  const folder = findRun(root, run);
  const { header, rows } = readJournal(journalFile(folder));
  return { report: buildReport(header, rows), folder };
}
