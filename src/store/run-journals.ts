import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { BenchFailure } from '../model/failure.ts';
import type { Plan, Unpaired } from '../model/plan.ts';
import { type Journal, readJournal } from './journal.ts';
import { journalFile } from './runs.ts';

/** All that one report is made of. */
export type RunJournals =
  | { readonly kind: 'paired'; readonly journal: Journal }
  | {
      readonly kind: 'unpaired';
      /** The candidate's. */
      readonly journal: Journal;
      readonly pairing: Unpaired;
      readonly baseline: Journal;
    };

/** The journal of the stored run that an unpaired comparison is made with: a copy, so that its folder says it all. */
export const baselineFile = (folder: string): string => path.join(folder, 'baseline.ndjson');

/** Copies the stored baseline of an unpaired plan into the run's own folder. */
export function keepBaseline({ compare }: Plan, root: string, folder: string): void {
  if (compare.kind === 'paired') return;
  copyFileSync(journalFile(path.join(root, compare.stored.baseline.run)), baselineFile(folder));
}

/** @throws BenchFailure when one of the files is missing, or no journal of this release. */
export function readRun(folder: string): RunJournals {
  const journal = readJournal(journalFile(folder));
  const { compare } = journal.header.plan;
  if (compare.kind === 'paired') return { kind: 'paired', journal };
  const file = demandBaseline(folder, compare.baseline);
  return { kind: 'unpaired', journal, pairing: compare, baseline: readJournal(file) };
}

/** @param baseline its name. @throws BenchFailure when the file is missing. */
export function demandBaseline(folder: string, baseline: string): string {
  const file = baselineFile(folder);
  if (existsSync(file)) return file;
  throw new BenchFailure(
    'configuration',
    `${file}: not there, and ${baseline} was compared from it. Restore it, or compare again.`,
  );
}
