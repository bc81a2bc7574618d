/**
 * Names, paths and messages come from files and servers. A control character in them could move the
 * cursor, recolour the terminal or forge a line; a bidirectional mark could reorder what is read; an
 * invisible character makes two names look alike. All of them are shown as escapes, on one line.
 */
export const visible = (text: string): string => text.replace(hidden, escapeOf);

/** The same escapes for characters that mean something where the text will stand. */
export const visibleWithout = (characters: RegExp, text: string): string =>
  visible(text).replace(characters, escapeOf);

// Cc: control. Cf: format, with all bidirectional marks, zero-width characters, byte-order mark and
// tags. Zl, Zp: line and paragraph separators. Cs: half a surrogate pair. Co: private use. Noncharacters
// are no characters, and two of them are refused by XML 1.0.
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escapeOf = (character: string): string => {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return (
    shortEscapes[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`)
  );
};
