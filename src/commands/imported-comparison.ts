import path from 'node:path';
import { plainGate } from '../matrix/gate.ts';
import { BenchFailure } from '../model/failure.ts';
import type { Gate, StoredRun } from '../model/plan.ts';
import { type ImportedJournal, readImported } from '../store/imported.ts';
import { namedBy, runReference, shownReference } from '../store/labels.ts';
import { listRuns, type RunSummary } from '../store/runs.ts';
import type { Compared } from './plan-options.ts';
import { refuseListed } from './planned-comparison.ts';
import type { World } from './world.ts';

/** Both arms were imported: there is nothing to plan and nothing to measure. */
export interface ImportedComparison {
  readonly kind: 'imported';
  readonly baseline: KeptImport;
  readonly candidate: KeptImport;
  readonly gate: Gate;
}

interface KeptImport {
  readonly stored: StoredRun;
  readonly journal: ImportedJournal;
}

/** What would say how to measure. */
const measuring = [
  ...['axis', 'side', 'only', 'launches', 'budget', 'workers', 'set', 'seed', 'across-machines'],
] as readonly (keyof Compared)[];

/**
 * Null where neither arm was imported. @param hasMatrix whether the user named one.
 * @throws BenchFailure where only one was, where both cannot be compared, and for an option that would do nothing.
 */
export function importedComparison(
  args: Compared,
  hasMatrix: boolean,
  out: string,
  { cwd }: Pick<World, 'cwd'>,
): ImportedComparison | null {
  refuseListed(args.candidate);
  const root = path.resolve(cwd, out);
  const runs = listRuns(root);
  const found = (option: 'baseline' | 'candidate') => importedBy(args[option], option, runs);
  const [a, b] = [found('baseline'), found('candidate')];
  if (a === null && b === null) return null;
  if (a === null || b === null) {
    const [imported, other] =
      a === null ? [args.candidate, args.baseline] : [args.baseline, args.candidate];
    throw refused(
      `${imported} was imported and ${other} is measured by bench: nothing tells that load and meters are the same. Import both, or measure both.`,
    );
  }
  const useless = hasMatrix ? 'matrix' : measuring.find((name) => isSaid(args[name]));
  if (useless !== undefined)
    throw refused(`--${useless}: both runs were imported, and nothing is measured. Leave it out.`);
  const [baseline, candidate] = [keptImport(root, a), keptImport(root, b)];
  refuseOtherForm(baseline, candidate);
  const { margin, strict = false } = args;
  const failOn = args['fail-on'] ?? 'regression';
  const gate = plainGate({ margins: margin ?? null, failOn, strict });
  return { kind: 'imported', baseline, candidate, gate };
}

const refused = (message: string): BenchFailure => new BenchFailure('configuration', message);

const isSaid = (given: unknown): boolean =>
  given !== undefined && given !== false && !(Array.isArray(given) && given.length === 0);

/** Null where the name is of no run, or of one that was measured. @throws BenchFailure where it is of several. */
function importedBy(given: string, option: string, runs: readonly RunSummary[]): RunSummary | null {
  const reference = runReference(given);
  if (reference === null) return null;
  const named = namedBy(reference, runs);
  const [first] = named.filter(({ kind }) => kind === 'imported');
  if (first === undefined) return null;
  if (named.length === 1) return first;
  const choices = named.map((run) => shownReference(reference.label, run.candidate)).sort();
  throw refused(
    reference.variant === null
      ? `--${option}: ${reference.label} holds several runs, imported ones among them. Choose one of ${choices.join(', ')}.`
      : `--${option}: ${given} is both a variant that was measured and results that were imported. Import them under another label.`,
  );
}

/** @throws BenchFailure where the folder does not hold what its summary says. */
function keptImport(root: string, { id, label, candidate, createdAt }: RunSummary): KeptImport {
  const run = readImported(path.join(root, id));
  if (run?.kind !== 'kept' || label === null)
    throw refused(`${path.join(root, id)}: run.json does not fit the journal. Import again.`);
  const stored = { label, variant: candidate, run: id, measuredAt: createdAt };
  return { stored, journal: run.journal };
}

function refuseOtherForm(baseline: KeptImport, candidate: KeptImport): void {
  const [a, b] = [baseline, candidate].map(({ journal: { header, files } }) => ({
    program: header.program,
    form: files[0]?.form,
  }));
  if (a?.program !== b?.program || a?.form === b?.form) return;
  throw refused(
    `the baseline is ${a?.form} and the candidate is ${b?.form}, which take the time of a run differently. Import files of one kind for both.`,
  );
}
