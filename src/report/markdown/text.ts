import { cut } from '../cut.ts';
import { visible, visibleWithout } from '../visible.ts';

/** Longest name, and longest text, that is shown; what is cut is in `report.json`. */
const mostName = 200;
const mostProse = 2000;

/**
 * A name as code, in which GitHub looks for no markup, mention, reference or link (html-pipeline, IGNORE_PARENTS).
 * Backticks and pipes would end it, or its column of a table, so they are shown as escapes.
 */
export const code = (name: string, most = mostName): string =>
  `\`${cut(visibleWithout(/[`|]/g, name), most) || '(empty)'}\``;

interface Word {
  readonly before: string;
  /** Shown as code; empty for a plain word. */
  readonly code: string;
  readonly after: string;
}

/**
 * A sentence with names of others in it. Words that consist of what has no meaning inside a line of Markdown stay as
 * they are, and what stands between backticks stays code; all others become code, and so stay text: GitHub also makes
 * something of @names, #1, GH-1, addresses, :x: and what looks like a commit. So does a first word that would make a list
 * or a rule at the start of a line.
 */
export function prose(sentence: string, most = mostProse): string {
  const parts = cut(visible(sentence), most).split(/`([^`]+)`/);
  return parts
    .map((part, i) => (i % 2 === 1 ? code(part, most) : words(part, most)))
    .reduce((done, next) => {
      // Two spans that touch would be one.
      const gap = done.endsWith('`') && next.startsWith('`') ? ' ' : '';
      return done + gap + next;
    }, '')
    .replace(/^ +| +$/g, '')
    .replace(/^(?:[-+=:]+|\d+[.)])(?= |$)/, (first) => code(first));
}

function words(text: string, most: number): string {
  const found: Word[] = [];
  for (const part of text.split(' ')) {
    const word = wordOf(part);
    const last = found.at(-1);
    const isOne = last?.code && word.code && last.after === '' && word.before === '';
    if (last && isOne)
      found.splice(-1, 1, { ...word, before: last.before, code: `${last.code} ${word.code}` });
    else found.push(word);
  }
  return found
    .map(({ before, code: inner, after }) =>
      inner === '' ? before : `${before}${code(inner, most)}${after}`,
    )
    .join(' ')
    .replace(/ {2,}/g, ' ');
}

function wordOf(word: string): Word {
  if (plain.test(word) && !linked.test(word)) return { before: word, code: '', after: '' };
  const [, before = '', inner = '', after = ''] =
    /^(["'“(]*)(.*?)([.,;:?)"'”]*)$/su.exec(word) ?? [];
  return inner === '' ? { before: '', code: word, after: '' } : { before, code: inner, after };
}

const plain = /^[\p{L}\p{M}\p{N}.,;:?%()'"’“”…–—−+→±×·≤≥/-]*$/u;
const linked = /www\.|:\/\/|:[\w+-]+:|[0-9a-f]{7}|gh-\d/iu;

/** Cells are Markdown already. */
export const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** @param align one of `l` and `r` for each column. */
export const tableHead = (names: readonly string[], align: string): readonly string[] => [
  tableRow(names),
  tableRow([...align].map((side) => (side === 'r' ? '--:' : ':--'))),
];
