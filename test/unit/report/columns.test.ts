import { describe, expect, it } from 'vitest';
import { displayWidth, layOut, tableWidth, wrap } from '../../../src/report/columns.ts';

const columns = [
  { header: 'name', align: 'left' },
  { header: 'n', align: 'right' },
] as const;

describe('layOut', () => {
  it('pads to the widest cell, numbers to the right, without spaces at the end', () => {
    const rows = [
      [{ text: 'a' }, { text: '1' }],
      [{ text: 'longer' }, { text: '100' }],
      [{ text: 'none' }, { text: '' }],
    ];
    expect(layOut(columns, rows)).toEqual(['name      n', 'a         1', 'longer  100', 'none']);
    expect(tableWidth(columns, rows)).toBe(11);
  });

  it('does not count colour as width', () => {
    const style = (text: string) => `<${text}>`;
    const rows = [
      [
        { text: 'a', style },
        { text: '1', style },
      ],
      [{ text: 'bb' }, { text: '22' }],
    ];
    expect(layOut(columns, rows)[1]).toBe('<a>      <1>');
  });
});

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['🦆', 2],
    ['−1 µs …', 7],
  ])('%s takes %i', (text, width) => expect(displayWidth(text)).toBe(width));
});

describe('wrap', () => {
  it('keeps within the width, but for a word that is longer', () => {
    expect(wrap('one two three fourteen', 9)).toEqual(['one two', 'three', 'fourteen']);
    expect(wrap('a extraordinarily b', 5)).toEqual(['a', 'extraordinarily', 'b']);
  });

  it('keeps a number and its per cent together', () => {
    expect(wrap('grew by 212 % here', 12)).toEqual(['grew by', '212 % here']);
  });

  it('indents the first line and the rest', () => {
    expect(wrap('one two', 6, { first: '- ', rest: '  ' })).toEqual(['- one', '  two']);
  });
});
