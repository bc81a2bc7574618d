import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { BenchFailure, messageOf } from '../model/failure.ts';
import type { HeaderRow } from '../model/journal.ts';

/** `run.json`: what `bench list` shows of a run without reading its journal. */
export interface RunSummary {
  readonly schemaVersion: 1;
  /** By bench, or imported from another program. */
  readonly kind: 'measured' | 'imported';
  readonly id: string;
  readonly createdAt: string;
  /** `imported` of results that have none. */
  readonly matrix: string;
  /** Under which it is kept; null of a comparison. */
  readonly label: string | null;
  readonly baseline: string;
  /** Several with commas between them. */
  readonly candidate: string;
  readonly state: string;
  readonly outcome: string | null;
}

export const journalFile = (folder: string): string => path.join(folder, 'journal.ndjson');
const summaryFile = (folder: string): string => path.join(folder, 'run.json');

/** @throws BenchFailure when the folder cannot be made. */
export function createRunFolder(root: string, id: string): string {
  const folder = path.join(root, id);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new BenchFailure(
      'configuration',
      `--out ${root}: ${messageOf(error)}. Name a folder that can be written.`,
    );
  }
  return folder;
}

/** Written aside and renamed: a reader sees the old file or the new one, never a part. */
export function writeAtomically(file: string, text: string): void {
  const aside = `${file}.${process.pid}.part`;
  writeFileSync(aside, text);
  renameSync(aside, file);
}

export const summaryOf = (
  header: HeaderRow,
  state: string,
  outcome: string | null,
): RunSummary => ({
  schemaVersion: 1,
  kind: 'measured',
  id: header.id,
  createdAt: header.createdAt,
  matrix: header.plan.matrix.name,
  label: header.plan.label,
  baseline: header.plan.compare.baseline,
  candidate: header.plan.compare.candidates.join(', '),
  state,
  outcome,
});

export const writeSummary = (folder: string, summary: RunSummary): void =>
  writeAtomically(summaryFile(folder), `${JSON.stringify(summary, null, 2)}\n`);

/** Newest first. A run whose summary is missing or damaged is still listed, by its folder. */
export function listRuns(root: string): RunSummary[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(journalFile(path.join(root, entry.name))))
    .map((entry) => readSummary(root, entry.name))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

function readSummary(root: string, id: string): RunSummary {
  try {
    const text = readFileSync(summaryFile(path.join(root, id)), 'utf8');
    const added = { kind: 'measured', label: null } as const;
    return { ...added, ...(JSON.parse(text) as Omit<RunSummary, keyof typeof added>) };
  } catch {
    const unknown = {
      kind: 'measured',
      matrix: '?',
      label: null,
      baseline: '?',
      candidate: '?',
      state: 'unreadable',
      outcome: null,
    } as const;
    return { schemaVersion: 1, id, createdAt: '?', ...unknown };
  }
}

/** A run by its id, the start of its id, `latest`, or its folder. @throws BenchFailure */
export function findRun(root: string, name: string): string {
  if (existsSync(journalFile(name))) return name;
  const ids = listRuns(root).map(({ id }) => id);
  const found = name === 'latest' ? ids.slice(0, 1) : ids.filter((id) => id.startsWith(name));
  const [id] = found;
  if (id === undefined) {
    throw new BenchFailure(
      'configuration',
      `no run "${name}" in ${root}. \`bench list\` shows those that are stored.`,
    );
  }
  if (found.length > 1) {
    throw new BenchFailure(
      'configuration',
      `"${name}" fits ${found.length} runs in ${root}: ${found.join(', ')}. Write more of the id.`,
    );
  }
  return path.join(root, id);
}
