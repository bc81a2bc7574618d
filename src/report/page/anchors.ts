import { element, type Markup, text } from '../markup.ts';

/** Anchors are numbers: names of cells come from a file. @param index of the cell in the report */
export const anchorOf = (index: number): string => `cell-${index + 1}`;

/** The name of a cell, which may break after each of its variants. */
export const cellName = (id: string): Markup => {
  const parts = id.split(/(?<=,)/);
  return element(
    'bdi',
    {},
    ...parts.flatMap((part, i) => (i === 0 ? [text(part)] : [lineBreak, text(part)])),
  );
};

const lineBreak = element('wbr', {});
