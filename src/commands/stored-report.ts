import type { Report } from '../model/report.ts';
import { buildReport } from '../report/build.ts';
import { importedReport } from '../report/imported.ts';
import { readImported } from '../store/imported.ts';
import { readRun } from '../store/run-journals.ts';
import { findRun } from '../store/runs.ts';

export interface StoredReport {
  readonly report: Report;
  /** Absolute. Holds the journals of which the report is a function. */
  readonly folder: string;
}

/** @param root the folder that holds the runs. @throws BenchFailure where it has no such run. */
export function storedReport(
  run: string,
  root: string,
  targetRate: number | null = null,
): StoredReport {
  const folder = findRun(root, run);
  const imported = readImported(folder);
  return {
    report: imported === null ? buildReport(readRun(folder), targetRate) : importedReport(imported),
    folder,
  };
}
