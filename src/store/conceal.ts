import { BenchFailure, messageOf } from '../model/failure.ts';
import type { FinishRow, JournalRow } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import { type Variables, valueIn, variablesIn } from '../model/variables.ts';

/** Takes the values of variables out of what processes said, and puts their names in the place. */
export type Conceal = (text: string) => string;

/** Shorter values are no secrets, and messages without them could not be read. */
const shortest = 4;

/** For every variable that the plan names. */
export function concealing(plan: Plan, variables: Variables): Conceal {
  const arms = plan.cells.flatMap((cell) => [cell.arms.baseline, cell.arms.candidate]);
  const names = [...new Set(arms.flatMap((arm) => [...variablesIn(arm)]))];
  const known = names
    .flatMap((name) => formsOf(valueIn(name, variables) ?? '').map((value) => ({ name, value })))
    // One value may hold another.
    .sort((a, b) => b.value.length - a.value.length);
  return (text) =>
    known.reduce(
      (rest, { name, value }) => withoutEnd(rest, value).replaceAll(value, () => `\${${name}}`),
      text,
    );
}

/** As it is, and as it stands in a text in quotes. */
const formsOf = (value: string): readonly string[] =>
  value.length < shortest ? [] : [...new Set([value, JSON.stringify(value).slice(1, -1)])];

/** What processes say is kept from some place on, which may lie in the middle of a value. */
function withoutEnd(text: string, value: string): string {
  for (let length = value.length - 1; length >= shortest; length -= 1)
    if (text.startsWith(value.slice(-length))) return text.slice(length);
  return text;
}

/** A row as it is stored: what the processes of a launch said, without values. */
export function concealed(row: JournalRow, conceal: Conceal): JournalRow {
  switch (row.kind) {
    case 'void':
    case 'give-up':
      return { ...row, reason: conceal(row.reason), stderrTail: conceal(row.stderrTail) };
    case 'profile':
      // What is taken was read from files without values.
      return row.state === 'taken' ? row : { ...row, reason: conceal(row.reason) };
    case 'end':
      return { ...row, reason: conceal(row.reason) };
    case 'finish': {
      const { baseline, candidate } = row.arms;
      return { ...row, arms: { baseline: ended(baseline), candidate: ended(candidate) } };
    }
    default:
      return row;
  }

  function ended(arm: FinishRow['arms']['baseline']): FinishRow['arms']['baseline'] {
    const workers = arm.workers.map((worker) => ({
      ...worker,
      firstError: worker.firstError === null ? null : conceal(worker.firstError),
    }));
    return { ...arm, workers };
  }
}

/** What ended a run, as it is shown. */
export function concealedError(error: unknown, conceal: Conceal): Error {
  if (error instanceof BenchFailure) return new BenchFailure(error.kind, conceal(error.message));
  const shown = new Error(conceal(messageOf(error)));
  if (error instanceof Error && error.stack !== undefined) shown.stack = conceal(error.stack);
  return shown;
}
