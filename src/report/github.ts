import type { Report, Verdict } from '../model/report.ts';
import type { Warning } from '../model/warning.ts';
import { type Check, checksOf } from './checks.ts';
import { type Annotation, type AnnotationKind, annotationLine } from './annotation.ts';

/** GitHub shows so many of a kind for a step, and drops the others without a word. */
const mostOfKind = 10;

/**
 * Workflow commands, one a line: what failed as errors, what else a reader has to know as warnings, what became better
 * and the outcome as notices.
 */
export function renderGithub(report: Report): string {
  const checks = checksOf(report);
  const failing = checks.filter(({ state }) => state === 'failed' || state === 'errored');
  const among = (types: readonly Check['type'][]): Annotation[] =>
    checks.filter((check) => !failing.includes(check) && types.includes(check.type)).map(ofCheck);
  const outcome = { title: `bench: ${report.outcome}`, message: report.sentence };
  const why = report.causes.sentences.map((message) => ({ title: 'why', message }));
  const all: Readonly<Record<AnnotationKind, readonly Annotation[]>> = {
    error: failing.map(ofCheck),
    warning: [...among(noteworthy), ...warnings(report)],
    notice: [outcome, ...why, ...among(better)],
  };
  return (['error', 'warning', 'notice'] as const)
    .flatMap((kind) => shown(all[kind], report.id).map((one) => annotationLine(kind, one)))
    .join('');
}

const noteworthy: readonly Check['type'][] = [
  ...['regression', 'slower', 'inconclusive', 'invalid'],
  ...['insensitive', 'limit-broken', 'limit-unmeasured'],
] as const;
const better: readonly Verdict[] = ['improvement', 'faster'];

const ofCheck = ({ cell, name, type, detail }: Check): Annotation => ({
  title: `${type}: ${name}`,
  message: cell === null ? detail : `${cell}: ${detail}`,
});

const warnings = (report: Report): readonly Annotation[] => [
  ...report.warnings.map((warning) => ofWarning('', warning)),
  ...report.cells.flatMap((cell) => cell.warnings.map((own) => ofWarning(`${cell.id}: `, own))),
];

const ofWarning = (where: string, { code, message, next }: Warning): Annotation => ({
  title: code,
  message: `${where}${message} Next: ${next}`,
});

function shown(all: readonly Annotation[], run: string): readonly Annotation[] {
  if (all.length <= mostOfKind) return all;
  const rest = all.length - (mostOfKind - 1);
  const more = { title: `${rest} more`, message: `${rest} more are in the report of run ${run}.` };
  return [...all.slice(0, mostOfKind - 1), more];
}
