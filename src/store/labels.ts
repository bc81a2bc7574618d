import { BenchFailure } from '../model/failure.ts';
import { listRuns, type RunSummary } from './runs.ts';

/** `run:before`, or `run:before/v1` where a label holds several variants. */
export interface RunReference {
  readonly label: string;
  readonly variant: string | null;
}

const prefix = 'run:';

/** Null where it does not begin with `run:`, and so names what is to be measured. */
export function runReference(given: string): RunReference | null {
  if (!given.startsWith(prefix)) return null;
  const [, label = '', variant = null] =
    /^([^/]*)(?:\/(.*))?$/s.exec(given.slice(prefix.length)) ?? [];
  return { label, variant };
}

/** The way a user writes it. */
export const shownReference = (label: string, variant: string): string =>
  `${prefix}${label}/${variant}`;

const labelled = /^[\w.+@-]{1,60}$/;

/** @throws BenchFailure for a label that `run:LABEL/VARIANT` could not name. */
export function requireLabel(given: string): string {
  if (labelled.test(given)) return given;
  throw new BenchFailure(
    'configuration',
    `--label: ${JSON.stringify(given)} cannot be a label. Use up to 60 letters, digits and any of . _ + @ -`,
  );
}

/** Only a run that came to its end can be judged by. */
const counts = ({ label, state }: RunSummary): boolean => label !== null && state === 'complete';

/** Whether a newer run of the same variant has taken its label. @param runs newest first */
export const isSuperseded = (run: RunSummary, runs: readonly RunSummary[]): boolean =>
  counts(run) &&
  runs
    .slice(0, runs.indexOf(run))
    .some(
      (newer) =>
        counts(newer) &&
        newer.label === run.label &&
        newer.kind === run.kind &&
        newer.matrix === run.matrix &&
        newer.candidate === run.candidate,
    );

/**
 * The newest complete run that a reference names.
 * @param option that named it, for messages. @throws BenchFailure where there is none, or several variants.
 */
export function findLabelled(
  root: string,
  matrix: string,
  { label, variant }: RunReference,
  option: string,
): RunSummary {
  const refuse = (problem: string): BenchFailure =>
    new BenchFailure('configuration', `${option}: ${problem}`);
  const all = listRuns(root);
  const ofMatrix = all.filter(
    (run) => counts(run) && run.kind === 'measured' && run.matrix === matrix,
  );
  const kept = ofMatrix.filter((run) => run.label === label && !isSuperseded(run, all));
  if (kept.length === 0) {
    const labels = [...new Set(ofMatrix.flatMap((run) => run.label ?? []))].sort();
    const known =
      labels.length === 0
        ? `None is: \`bench run --label ${labelled.test(label) ? label : 'before'}\` keeps one.`
        : `Choose one of ${labels.join(', ')}.`;
    throw refuse(
      `no complete run of the matrix ${matrix} is kept in ${root} as ${JSON.stringify(label)}. ${known}`,
    );
  }
  const found = variant === null ? kept : kept.filter((run) => run.candidate === variant);
  const [first] = found;
  const choices = kept.map((run) => shownReference(label, run.candidate)).sort();
  if (first === undefined) {
    throw refuse(
      `${JSON.stringify(variant)} is not kept as ${label}. Choose one of ${choices.join(', ')}.`,
    );
  }
  if (found.length > 1) {
    throw refuse(`${label} holds several variants. Choose one of ${choices.join(', ')}.`);
  }
  return first;
}

/**
 * The newest run of each kind and variant that a reference names, whatever its matrix. Empty where there is none.
 * @param runs newest first
 */
export const namedBy = (
  { label, variant }: RunReference,
  runs: readonly RunSummary[],
): readonly RunSummary[] =>
  runs.filter(
    (run) =>
      counts(run) &&
      run.label === label &&
      (variant === null || run.candidate === variant) &&
      !isSuperseded(run, runs),
  );
