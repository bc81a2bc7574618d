import { asLiteral } from '../../model/variables.ts';
import { wordsOf } from '../../model/secrets.ts';

/** A variable of the environment that stands in the file for a value that does not. */
export interface Variable {
  readonly name: string;
  /** `header cookie of GET /cart` */
  readonly where: string;
  /** A secret; nothing that the source tells; or a variable that the source itself names. */
  readonly why: 'secret' | 'unknown' | 'named';
}

/** Collects what is not written. In its place stands a mark, which becomes `${NAME}` once all other text is literal. */
export interface Unwritten {
  /** @param called what the value is called where it stands. Equal values under one name share a variable. */
  hide(called: string, value: string, where: string): string;
  /** A value that somebody has to find. */
  blank(called: string, where: string): string;
  /** A variable by its own name. */
  named(name: string, where: string): string;
  /** The text as a matrix file says it. */
  written(text: string): string;
  /** In the order in which they were met. */
  variables(): readonly Variable[];
}

/** Private characters: no source means anything by them. */
const [open, close] = ['\uE000', '\uE001'];
const marks = /\uE000(\w+)\uE001/g;

export const withoutMarks = (text: string): string => text.replace(marks, '');
export const hasMark = (text: string): boolean => text.search(marks) !== -1;

/** As they were before a URL encoded them. */
export const withMarks = (url: string): string =>
  url.replace(/%EE%80%80(\w+)%EE%80%81/g, (_, name: string) => open + name + close);

export function unwrittenValues(): Unwritten {
  const known = new Map<string, { readonly variable: Variable; readonly value: string | null }>();
  const mark = (name: string, where: string, why: Variable['why'], value: string | null) => {
    if (!known.has(name)) known.set(name, { variable: { name, where, why }, value });
    return `${open}${name}${close}`;
  };
  const free = (called: string, value: string | null): string => {
    const base = variableName(called);
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? base : `${base}_${n}`;
      const taken = known.get(name);
      if (taken === undefined || taken.value === value) return name;
    }
  };
  return {
    hide: (called, value, where) => mark(free(called, value), where, 'secret', value),
    blank: (called, where) => mark(free(called, null), where, 'unknown', null),
    named: (name, where) => mark(name, where, 'named', null),
    written: (text) =>
      text
        .split(/(\uE000\w+\uE001)/)
        .map((part, i) => {
          const name = part.slice(1, -1);
          return i % 2 === 1 && known.has(name) ? `\${${name}}` : asLiteral(part);
        })
        .join(''),
    variables: () => [...known.values()].map(({ variable }) => variable),
  };
}

/** `x-api-key` is X_API_KEY. */
function variableName(called: string): string {
  const name = wordsOf(called).join('_').toUpperCase();
  return /^[A-Z_]/.test(name) ? name : `VALUE_${name}`.replace(/_$/, '');
}
