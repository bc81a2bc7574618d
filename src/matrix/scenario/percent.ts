/** Half of a character has no encoding: it is replaced, as it would be in UTF-8. */
export const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));

/** The text itself where it is not well encoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What cannot stand in a URL, encoded; what can is left as it is. */
export const encodedOdd = (url: string): string => url.replace(/[^!-~\uE000\uE001]+/g, encoded);
