import { BenchFailure } from '../model/failure.ts';
import { failureAt } from './place.ts';
import type { Subject } from './roles.ts';
import { shown } from './wording.ts';

/** What a name means. @param option that names it, for messages. @throws BenchFailure `configuration` */
export type SubjectOf = (option: string, name: string) => Subject;

/** What is compared: each of the candidates with the one baseline. */
export interface Compared {
  readonly baseline: Subject;
  readonly candidates: readonly [Subject, ...Subject[]];
}

/** @throws BenchFailure `configuration` for names that mean nothing, and for candidates that are the same. */
export function comparedOf(
  names: { readonly baseline: string; readonly candidate: string },
  subjectOf: SubjectOf,
): Compared {
  const baseline = subjectOf('--baseline', names.baseline);
  const candidates = subjectsIn('--candidate', names.candidate, subjectOf);
  if (candidates.length > 1) refuseTwins(baseline, candidates);
  return { baseline, candidates };
}

/**
 * One subject, or several with commas between them. Names of variants hold no comma, but paths and the like may: what is
 * no subject before a comma is one with what follows it.
 * @throws BenchFailure `configuration` at the first that is none.
 */
export function subjectsIn(
  option: string,
  text: string,
  subjectOf: SubjectOf,
): readonly [Subject, ...Subject[]] {
  const parts = text.split(',');
  const subject = (name: string): Subject => subjectOf(option, name.trim());
  // Filled from the end: the subjects that the parts from each on are; null where they are none.
  const from: (readonly Subject[] | null)[] = [...parts.map(() => null), []];
  for (let first = parts.length - 1; first >= 0; first -= 1) {
    for (let end = first + 1; end <= parts.length && from[first] === null; end += 1) {
      const rest = from[end] ?? null;
      const found = rest === null ? null : orNull(() => subject(parts.slice(first, end).join(',')));
      if (found !== null && rest !== null) from[first] = [found, ...rest];
    }
  }
  const [found, ...others] = from[0] ?? parts.map(subject);
  return found === undefined ? [subject(text)] : [found, ...others];
}

function orNull(make: () => Subject): Subject | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof BenchFailure) return null;
    throw error;
  }
}

function refuseTwins(baseline: Subject, candidates: readonly Subject[]): void {
  const names = candidates.map(({ name }) => name);
  const refuse = (problem: string): BenchFailure =>
    failureAt({ kind: 'option', option: '--candidate' }, problem);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw refuse(`${shown(twice)} is named twice. Leave one out.`);
  if (names.includes(baseline.name))
    throw refuse(
      `${shown(baseline.name)} is the baseline too. Leave it out; alone it may be compared with itself.`,
    );
}
