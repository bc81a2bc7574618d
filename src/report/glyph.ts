import { type Verdict, verdicts } from '../model/report.ts';
import { element, type Markup } from './markup.ts';

/** A shape for each verdict, so that colour is never the only sign. Always beside the word itself. */
export const glyph = (verdict: Verdict): Markup =>
  element(
    'svg',
    { class: 'glyph', 'aria-hidden': 'true' },
    element('use', { href: `#${idOf(verdict)}` }),
  );

/** What they are drawn from: once in a page. */
export const glyphShapes = (): Markup =>
  element(
    'svg',
    { class: 'shapes', 'aria-hidden': 'true' },
    ...verdicts.map((verdict) =>
      element('symbol', { id: idOf(verdict), viewBox: '0 0 16 16' }, ...shapesOf(verdict)),
    ),
  );

const idOf = (verdict: Verdict): string => `glyph-${verdict}`;

const solid = (d: string) => element('path', { class: 'solid', d });
const line = (d: string) => element('path', { class: 'line', d });
const knockout = (d: string) => element('path', { class: 'knockout', d });

function shapesOf(verdict: Verdict): Markup[] {
  switch (verdict) {
    case 'regression': // an octagon, as of a stop sign, with a cross
      return [solid('M5 1h6l4 4v6l-4 4H5l-4-4V5z'), knockout('M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6')];
    case 'slower': // a triangle that points down
      return [line('M2 3.5h12L8 13.5z')];
    case 'unchanged':
      return [line('M3 5.8h10M3 10.2h10')];
    case 'faster': // a triangle that points up
      return [line('M2 12.5h12L8 2.5z')];
    case 'improvement': // a disc with a tick
      return [
        solid('M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8z'),
        knockout('M4.6 8.2l2.4 2.4 4.4-4.8'),
      ];
    case 'inconclusive':
      return [line('M2 9.2c1.6-4.4 4-4.4 6-1.6s4.4 2.8 6-1.6')];
    case 'invalid': // a ring, struck through
      return [line('M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM3.7 12.3l8.6-8.6')];
  }
}
