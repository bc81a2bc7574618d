import type { Report } from '../model/report.ts';

/**
 * `report.json`: two spaces, keys in the order of the model, a newline at the end. Characters that
 * cannot be seen are written as escapes, so that the file is safe to print; it parses to the same text.
 * JSON has no infinity: an unbounded end of an interval is `null`. NaN is a defect of ours and throws a
 * RangeError that names its key.
 */
export const renderJson = (report: Report): string => jsonText(report);

/** Any other value in the same form. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, refuseNaN, 2).replace(unseen, escapeUnits)}\n`;

function refuseNaN(key: string, value: unknown): unknown {
  if (Number.isNaN(value)) throw new RangeError(`The report has no number for "${key}".`);
  return value;
}

// Beyond the control characters that JSON escapes by itself: C1, format and bidirectional characters,
// separators of lines, private use.
const unseen = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu;

/** One `\uXXXX` per UTF-16 unit, as JSON wants it. */
const escapeUnits = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
