/** Texts of a folder's files, by their path from it with `/`, those that are nearest to it first. */
export type Listing = ReadonlyMap<string, string>;

/** A place in a file, as messages name it. */
export interface Spot {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What the pattern's first group holds, or else the whole match. */
  readonly text: string;
}

export const spotName = ({ file, line }: Spot): string => `${file}:${line}`;

const ofTests =
  /(^|\/)(tests?|__tests__|spec|e2e|examples?|fixtures)\/|\.(test|spec)\.|(^|\/)test_/;
const endings = { node: /\.[cm]?[jt]sx?$/, python: /\.py$/ } as const;

export type Language = keyof typeof endings;

/** Source of a program, and not of its tests. */
export const sourcesOf = (listing: Listing, language: Language): readonly string[] =>
  [...listing.keys()].filter((file) => endings[language].test(file) && !ofTests.test(file));

/** @param pattern is global. Comments of whole lines are passed over. */
export function spotsIn(listing: Listing, file: string, pattern: RegExp): readonly Spot[] {
  const text = listing.get(file) ?? '';
  return [...text.matchAll(pattern)].flatMap((found) => {
    const before = text.slice(0, found.index).split('\n');
    const opening = before.at(-1) ?? '';
    if (/^\s*(\/\/|\/?\*|#)/.test(opening)) return [];
    return [{ file, line: before.length, text: found[1] ?? found[0] }];
  });
}
