/** How a table of a terminal is laid out: columns padded to their widest cell, numbers to the right. */
export interface Column {
  readonly header: string;
  readonly align: 'left' | 'right';
}

export interface Cell {
  readonly text: string;
  /** Applied after padding, so that colour never counts as width. */
  readonly style?: (text: string) => string;
}

const gap = '  ';

/** Display cells that the text takes in a terminal: wide characters take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

// East Asian scripts and forms, and pictures. Terminals disagree on some pictures; two is the most.
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

function columnWidths(columns: readonly Column[], rows: readonly (readonly Cell[])[]) {
  return columns.map((column, i) =>
    Math.max(displayWidth(column.header), ...rows.map((row) => displayWidth(row[i]?.text ?? ''))),
  );
}

export const tableWidth = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): number =>
  columnWidths(columns, rows).reduce(
    (sum, width) => sum + width,
    gap.length * (columns.length - 1),
  );

/** The header, then one line per row; no line ends in spaces. */
export function layOut(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  headerStyle: (text: string) => string = (text) => text,
): string[] {
  const widths = columnWidths(columns, rows);
  const line = (cells: readonly Cell[]): string => {
    const last = cells.findLastIndex((cell) => cell.text !== '');
    return cells
      .slice(0, last + 1)
      .map((cell, i) => place(cell, columns[i]?.align ?? 'left', widths[i] ?? 0, i === last))
      .join(gap);
  };
  const header = columns.map(({ header }) => ({ text: header, style: headerStyle }));
  return [line(header), ...rows.map(line)];
}

function place(cell: Cell, align: Column['align'], width: number, isLast: boolean): string {
  const padding = ' '.repeat(Math.max(0, width - displayWidth(cell.text)));
  const text = cell.text === '' ? '' : (cell.style?.(cell.text) ?? cell.text);
  if (align === 'right') return padding + text;
  return isLast ? text : text + padding;
}

/** How prose is indented: its first line, and the lines that continue it. */
export interface Indent {
  readonly first: string;
  readonly rest: string;
}

/** Prose in lines of at most `columns`. A longer word is not cut; a number keeps its `%`. */
export function wrap(text: string, columns: number, indent: Indent = { first: '', rest: '' }) {
  const [opening = '', ...words] = text.split(/ +(?!%)/);
  const lines: string[] = [];
  let line = indent.first + opening;
  for (const word of words) {
    if (displayWidth(`${line} ${word}`) <= columns) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent.rest + word;
    }
  }
  return [...lines, line];
}
