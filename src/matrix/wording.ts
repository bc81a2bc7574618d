import { distance } from 'fastest-levenshtein';

const longest = 60;

/** Whatever a terminal would obey instead of showing it; a line end among them. */
const unprintable = /[\p{Cc}\u2028\u2029]/gu;

export const printable = (text: string): string =>
  text.replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A user's value in a one-line message: cut, in quotes, control characters escaped. */
export const shown = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return String(value);
  const cut = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return printable(JSON.stringify(cut));
};

const letters = (name: string): string => [...name].sort().join('');

/** Levenshtein's distance, where two letters that changed places are one error and not two. */
const editsBetween = (a: string, b: string): number => {
  const edits = distance(a, b);
  return edits === 2 && letters(a) === letters(b) ? 1 : edits;
};

/** The known name that was probably meant: at most one typing error per three letters away. */
export const nearest = (name: string, known: readonly string[]): string | null => {
  const ranked = known
    .map((candidate) => ({
      candidate,
      edits: editsBetween(name.toLowerCase(), candidate.toLowerCase()),
      reach: Math.ceil(Math.max(name.length, candidate.length) / 3),
    }))
    .filter(({ edits, reach }) => edits <= reach)
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate ?? null;
};

/** The sentence that says what to write instead of `name`. */
export const suggestion = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  if (near !== null) return `Did you mean ${shown(near)}?`;
  if (known.length === 0) return 'Remove it.';
  return known.length === 1 ? `Write ${known[0]}.` : `Choose one of ${known.join(', ')}.`;
};

/** The sentence after "is not one of …", which has named the choices already. */
export const oneOfThese = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  return near === null ? 'Write one of these.' : `Did you mean ${shown(near)}?`;
};
