import { describe, expect, it } from 'vitest';
import { element, text } from '../../../src/report/markup.ts';

describe('markup', () => {
  it('escapes texts and attributes', () => {
    const made = element(
      'g',
      { class: `a"'><b`, x: 1.23456, y: null },
      text('</g><script>&\u202e'),
    );
    expect(String(made)).toBe(
      '<g class="a&quot;&#39;&gt;&lt;b" x="1.23">&lt;/g&gt;&lt;script&gt;&amp;\\u202e</g>',
    );
  });

  it('closes an empty element', () => {
    expect(String(element('line', { x1: 0 }))).toBe('<line x1="0"/>');
  });
});
