/** Part of a page: rows between an opening and a closing. */
export interface Section {
  /** What the rows are, for saying that some were left out. */
  readonly what: string;
  readonly open: readonly string[];
  readonly rows: readonly Row[];
  readonly close: readonly string[];
}

export interface Row {
  readonly text: string;
  /** Where not all fit, rows with the greater stay. */
  readonly weight: number;
}

/** Always open. */
export const shown = (what: string, open: readonly string[], rows: readonly Row[]): Section => ({
  ...{ what, open, rows, close: [''] },
});

/** Opened by the reader. */
export const collapsed = (
  what: string,
  summary: string,
  open: readonly string[],
  rows: readonly Row[],
): Section => ({
  ...{ what, rows },
  open: ['<details>', `<summary>${summary}</summary>`, '', ...open],
  close: ['', '</details>', ''],
});

/** A row that weighs as much as its neighbours. */
export const even = (text: string): Row => ({ text, weight: 0 });

export interface Fitted {
  readonly lines: readonly string[];
  /** `812 of 1200 cells`; empty where everything fits. */
  readonly leftOut: readonly string[];
}

/**
 * As much as fits into so many bytes of UTF-8. The sections come in the order of their importance: each takes what it
 * needs of what those before it have left.
 */
export function fitted(sections: readonly Section[], most: number): Fitted {
  const lines: string[] = [];
  const leftOut: string[] = [];
  let left = most;
  for (const { what, open, rows, close } of sections) {
    if (rows.length === 0) continue;
    const frame = sizeOf([...open, ...close]);
    const chosen = chooseRows(rows, left - frame);
    if (chosen.length > 0) {
      const made = [...open, ...chosen.map(({ text }) => text), ...close];
      left -= sizeOf(made);
      lines.push(...made);
    }
    if (chosen.length < rows.length)
      leftOut.push(`${rows.length - chosen.length} of ${rows.length} ${what}`);
  }
  return { lines, leftOut };
}

/** The weightiest that fit, in the order that they had. */
function chooseRows(rows: readonly Row[], most: number): readonly Row[] {
  const byWeight = [...rows].sort((a, b) => b.weight - a.weight);
  let left = most;
  const fitting = byWeight.findIndex(({ text }) => {
    left -= sizeOf([text]);
    return left < 0;
  });
  const chosen = new Set(fitting === -1 ? byWeight : byWeight.slice(0, fitting));
  return rows.filter((row) => chosen.has(row));
}

const encoder = new TextEncoder();

/** With the ends of the lines. */
export const sizeOf = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + encoder.encode(line).length + 1, 0);
